using Decoder.Folders;
using Decoder.Models;
using Decoder.Training;

namespace Decoder.Evaluation;

/// <summary>The folder that <c>decoder evaluate --figures DIR</c> leaves.</summary>
internal sealed class EvaluationFolder(string path)
    : ResultFolder<EvaluationFolder, EvaluationConfiguration, RunResult>(path, FolderKind.Evaluation, RunJson.Default.EvaluationConfiguration, RunJson.Default.RunResult), IResultFolder<EvaluationFolder>
{
    static EvaluationFolder IResultFolder<EvaluationFolder>.At(string path) => new(path);

    private string Predictions => PathOf("predictions.csv");

    /// <summary>What was decoded, row by row.</summary>
    /// <exception cref="Terminal.InvalidInputException">The table is damaged.</exception>
    public List<Prediction> ReadPredictions() => ReadTable(Predictions);

    /// <summary>Writes what was decoded.</summary>
    public void WritePredictions(IReadOnlyList<Prediction> predictions) => PredictionTable.Write(Predictions, predictions);
}
