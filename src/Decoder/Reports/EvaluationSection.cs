using Decoder.Evaluation;
using Decoder.Figures;
using Decoder.Models;
using Decoder.Terminal;

namespace Decoder.Reports;

/// <summary>What <c>decoder evaluate --figures DIR</c> left, in words.</summary>
internal static class EvaluationSection
{
    /// <summary>Reads the evaluation of a trained model.</summary>
    /// <inheritdoc cref="RunSection.Read"/>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = EvaluationFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        var command = CommandText.Evaluate(configuration);
        var result = folder.RequireResult(command);
        var predictions = folder.ReadPredictions();
        if (predictions.Count == 0)
        {
            throw new InvalidInputException($"'{path}' is damaged: its predictions.csv has no predictions. Evaluate again with '{command}'.");
        }

        var (identity, trained, model, test) = (configuration.Identity, configuration.Trained, configuration.Trained.Model, result.Test);
        var objective = Objective.Create(model, []);
        var rows = ReportNumber.Count(predictions.Count, "row");
        return new ReportSection
        {
            Folder = path,
            Kind = "evaluation",
            IsSimulated = identity.Simulated,
            Headline = $"The {AngleName.Of(model.Period)} is decoded with a median error of {ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees)} (mean {ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees)}, "
                + $"on the circle of {model.Period}°) on {rows} {(configuration.IsTestSet ? "that the model had not seen" : "of another recording than the model was trained on")}.",
            Data = RecordingFacts.Of(configuration.Data, identity.Source, identity.Stimuli, identity.Neurons, identity.Simulated, identity.Checksum),
            Method =
            [
                new("Model", $"That of the run {configuration.Run}, trained on {RecordingFacts.Name(trained.Data, trained.Identity.Source, trained.Identity.Simulated)} (checksum {trained.Identity.Checksum})."),
                .. RunSection.ModelFacts(model, identity.Neurons, result.Parameters),
                .. RunSection.TrainingFacts(model, trained.Training, result),
                new("Judged on", configuration.IsTestSet ? $"{rows} of the run's own recording that training had not seen." : $"All {rows} of the recording below."),
            ],
            Results = [.. RunSection.Scores(model, test), .. More(TestEvaluation.Compute(predictions, objective))],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, RunSection.Numbers(objective, test, predictions), "Delete it to report without it, or evaluate again."),
            HowToDraw = command,
            Command = command,
            OutOption = "--figures",
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}; the model was trained by version {trained.Version}"),
                new("Device", result.Device),
                new("Seed", $"{trained.Training.Seed} of the run; evaluating draws no random numbers"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, identity.Source, identity.Simulated),
                identity.Checksum,
                $"{identity.Stimuli} × {identity.Neurons}",
                RunSection.Network(model, identity.Neurons),
                configuration.IsTestSet ? ReportNumber.Count(predictions.Count, "held-out row") : $"{rows} of another recording",
                ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees),
                ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees),
                ReportNumber.Of(test.R2, 4),
                test.Accuracy is { } accuracy ? ReportNumber.Of(accuracy, 3) : ""),
        };
    }

    private static IEnumerable<ReportFact> More(TestEvaluation evaluation)
    {
        if (evaluation.Discrimination is { } discrimination)
        {
            yield return new("Discrimination", discrimination.ThresholdDegrees is { } threshold
                ? $"Differences of {ReportNumber.Degrees(threshold)} are told in 75 % of trials." : "No difference of angles is told in 75 % of trials.");
        }

        if (evaluation.Calibration is { } calibration)
        {
            yield return new("Calibration", $"Predicted and observed probabilities differ by {ReportNumber.Of(calibration.Error, 3)} on average.");
        }
    }
}
