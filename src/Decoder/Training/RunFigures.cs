using Decoder.Figures;
using Decoder.Models;
using Decoder.Recordings;
using OxyPlot;

namespace Decoder.Training;

/// <summary>Draws what a finished run shows.</summary>
internal static class RunFigures
{
    /// <summary>Draws all figures of a run into its folder.</summary>
    /// <param name="folder">A finished run.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="recording">Its recording; null where that is no longer there, and its responses cannot be shown.</param>
    /// <param name="png">Whether to draw PNG too.</param>
    /// <param name="messages">Told what could not be drawn.</param>
    public static void Draw(RunFolder folder, RunConfiguration configuration, Recording? recording, bool png, TextWriter messages) =>
        FigureFile.Write(Create(folder, configuration, recording), folder.Figures, png, messages);

    /// <summary>Draws what was decoded of a recording.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="predictions">Whose stimuli are all known.</param>
    /// <param name="objective">What the model was trained for.</param>
    /// <param name="isSimulated">Whether the recording is simulated.</param>
    /// <param name="png">Whether to draw PNG too.</param>
    /// <param name="messages">Told what could not be drawn.</param>
    public static void DrawPredictions(string folder, IReadOnlyList<Prediction> predictions, Objective objective, bool isSimulated, bool png, TextWriter messages) =>
        FigureFile.Write(Create(predictions, objective, isSimulated), folder, png, messages);

    private static IEnumerable<(string Name, PlotModel Figure)> Create(RunFolder folder, RunConfiguration configuration, Recording? recording)
    {
        var isSimulated = configuration.Identity.Simulated;
        if (recording is not null)
        {
            yield return ("responses", ResponseHeatMap.Create(recording));
            yield return ("tuning", TuningCurveFigure.Create(recording));
        }

        var objective = Objective.Create(configuration.Model, []);
        yield return ("loss", CreateLoss(folder.ReadMetrics(), configuration, objective, isSimulated));
        foreach (var figure in Create(folder.ReadPredictions(), objective, isSimulated))
        {
            yield return figure;
        }
    }

    private static IEnumerable<(string Name, PlotModel Figure)> Create(IReadOnlyList<Prediction> predictions, Objective objective, bool isSimulated)
    {
        var actual = predictions.Select(prediction => prediction.Actual).ToArray();
        var decoded = predictions.Select(prediction => prediction.Decoded).ToArray();
        yield return ("decoded", DecodedFigure.Create(actual, decoded, objective.Period, isSimulated));
        yield return ("error", ErrorFigure.Create(actual, decoded, objective.Period, objective.IsCircular, isSimulated));
    }

    /// <summary>The learning curve; of a cross-validation the mean of the folds, as far as all of them went.</summary>
    private static PlotModel CreateLoss(List<EpochRecord> metrics, RunConfiguration configuration, Objective objective, bool isSimulated)
    {
        var folds = metrics.Select(record => record.Fold).Distinct().Count();
        var epochs = metrics.GroupBy(record => record.Epoch).Where(epoch => epoch.Count() == folds).OrderBy(epoch => epoch.Key).ToArray();
        var train = Array.ConvertAll(epochs, epoch => epoch.Average(record => record.TrainLoss));
        var test = epochs
            .Where(epoch => epoch.All(record => record.TestLoss is not null))
            .Select(epoch => (epoch.Key, epoch.Average(record => record.TestLoss!.Value)));
        var iterationName = configuration.Training.BatchSize is null ? "iterations of gradient descent" : "epochs";
        return LossFigure.Create(train, [.. test], isSimulated, iterationName, objective.LossName);
    }
}
