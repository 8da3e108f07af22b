using Decoder.Evaluation;
using Decoder.Figures;
using Decoder.Interpretation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Reports;

/// <summary>What <c>decoder train</c> left, in words.</summary>
internal static class RunSection
{
    /// <summary>Reads a run.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="prefix">With what identifiers begin.</param>
    /// <exception cref="InvalidInputException">It is not finished, or damaged.</exception>
    public static ReportSection Read(string path, string prefix)
    {
        var folder = RunFolder.Open(path);
        var configuration = folder.ReadConfiguration();
        configuration.RefuseTrial(path, "Report the search, which has all its trials in a table.");
        var result = folder.RequireResult();
        var predictions = folder.ReadPredictions();
        if (predictions.Count == 0)
        {
            throw new InvalidInputException($"{folder.Predictions} has no predictions although training finished: the run is damaged. Train again.");
        }

        var (identity, model, test) = (configuration.Identity, configuration.Model, result.Test);
        var learned = Path.Combine(path, InterpretationSummary.FileName);
        var interpretation = File.Exists(learned) ? JsonFile.Read(learned, InterpretationJson.Default.InterpretationSummary) : null;
        var plot = CommandText.On("plot", path);
        return new ReportSection
        {
            Folder = path,
            Kind = "decoder",
            IsSimulated = identity.Simulated,
            Headline = $"The {AngleName.Of(model.Period)} is decoded with a median error of {ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees)} (mean {ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees)}, "
                + $"on the circle of {model.Period}°) on {ReportNumber.Count(predictions.Count, "row")} that the model had not seen.",
            Data = RecordingFacts.Of(configuration.Data, identity.Source, identity.Stimuli, identity.Neurons, identity.Simulated, identity.Checksum),
            Method = [.. ModelFacts(model, identity.Neurons, result.Parameters), .. TrainingFacts(model, configuration.Training, result), JudgedOn(configuration.Training, predictions.Count)],
            Results = [.. Scores(model, test), .. interpretation is null ? [] : Learned(interpretation)],
            Tables = interpretation is null ? [] : [Salient(interpretation)],
            Figures = ReportFigure.ReadAll(folder.Figures, prefix, Numbers(folder, configuration, result, predictions, interpretation), $"Draw it again with '{plot}', or delete it."),
            HowToDraw = plot,
            Command = CommandText.Train(configuration),
            Provenance =
            [
                new("Program", $"decoder {configuration.Version}"),
                new("Device", result.Device),
                new("Seed", $"{configuration.Training.Seed}: decides {(configuration.Data.File is null ? "the simulation, " : "")}the split, the initial weights, the batches and the dropout"),
                new("Time", $"{ReportNumber.Significant(result.SecondsPerStep * 1000)} ms per training step"),
            ],
            Summary = new(
                RecordingFacts.Name(configuration.Data, identity.Source, identity.Simulated),
                identity.Checksum,
                $"{identity.Stimuli} × {identity.Neurons}",
                Network(model, identity.Neurons),
                Judged(configuration.Training, predictions.Count),
                ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees),
                ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees),
                ReportNumber.Of(test.R2, 4),
                test.Accuracy is { } accuracy ? ReportNumber.Of(accuracy, 3) : ""),
        };
    }

    /// <summary>What was trained.</summary>
    public static IEnumerable<ReportFact> ModelFacts(ModelOptions model, int neurons, long parameters)
    {
        yield return new("Task", $"Decode the {AngleName.Of(model.Period)} of a grating, on the circle of {model.Period}°, from the responses of {ReportNumber.Count(neurons, "neuron")}.");
        yield return new("Network", $"{Network(model, neurons)}; {ReportNumber.Count(parameters, "trained number")}.");
        yield return new("Learned by", model.Loss switch
        {
            LossKind.Mse => "Squared error of the angle in degrees, on the line as in the Neuromatch Academy tutorial: where 360° meets 0° it fails.",
            LossKind.Circular => "Squared error of the sine and the cosine of the angle.",
            LossKind.VonMises => "Likelihood of the von Mises distribution, so that every decoded angle has a predicted uncertainty.",
            _ => $"Cross-entropy of {model.Classes} classes of {ReportNumber.Of((double)model.Period / model.Classes, 1)}°"
                + (model.LabelWidth > 0 ? $", each stimulus spread over its neighbours by {ReportNumber.Of(model.LabelWidth, 1)}°." : "."),
        });
        var normalization = model.Normalization switch
        {
            Normalization.ZScore => "Each neuron is brought to mean 0 and standard deviation 1 by the training set alone",
            Normalization.Spontaneous => "Each neuron is measured by its spontaneous activity",
            _ => "Responses are taken as they are",
        };
        yield return new("Preprocessing", normalization + (model.RemovedComponents > 0 ? $"; then the leading {ReportNumber.Count(model.RemovedComponents, "principal component")} of the training set, mostly arousal, are taken out." : "."));
    }

    /// <summary>How.</summary>
    public static IEnumerable<ReportFact> TrainingFacts(ModelOptions model, TrainingOptions training, RunResult result)
    {
        var optimizer = training.Optimizer == OptimizerKind.Adam ? "Adam" : "Gradient descent";
        var batches = training.BatchSize is { } size ? $"batches of {ReportNumber.Count(size, "row")}" : "the whole training set at each step";
        yield return new("Training", $"{optimizer}, learning rate {ReportNumber.Setting(training.LearningRate)}, {batches}, {ReportNumber.Count(result.Epochs, "epoch")}"
            + (training.EarlyStopping is { } patience
                ? $" of at most {training.Epochs}: it stops after {ReportNumber.Count(patience, "epoch")} without a better loss on a fifth of the training set, and takes the best weights." : "."));
        var penalties = new List<string>();
        void Add(double value, string name)
        {
            if (value > 0)
            {
                penalties.Add($"{name} {ReportNumber.Setting(value)}");
            }
        }

        Add(model.Dropout, "hidden units left out with probability");
        Add(model.InputDropout, "neurons left out with probability");
        Add(training.WeightDecay, "weight decay");
        var penalized = training.Penalize == PenalizedWeights.Input ? " on the first layer's weights" : "";
        Add(training.L1, $"L1 penalty{penalized}");
        Add(training.L2, $"L2 penalty{penalized}");
        yield return new("Regularization", penalties.Count == 0 ? "None." : $"In training: {string.Join("; ", penalties)}.");
    }

    private static ReportFact JudgedOn(TrainingOptions training, int rows) =>
        new("Judged on", training.Folds is { } folds
            ? $"Cross-validation in {folds} folds: each row is decoded by a model that had not seen it ({ReportNumber.Count(rows, "row")} in all)."
            : $"{ReportNumber.Count(rows, "row")} that training had not seen: those that the recording has set aside, or else {ReportNumber.Setting(100 * training.TestFraction)} % drawn by the seed.");

    /// <summary>How well it decodes.</summary>
    public static List<ReportFact> Scores(ModelOptions model, DecodingScores test)
    {
        var facts = new List<ReportFact>
        {
            new("Median error", ReportNumber.Degrees(test.MedianAbsoluteErrorDegrees)),
            new("Mean error", ReportNumber.Degrees(test.MeanAbsoluteErrorDegrees)),
            new("Mean squared error", $"{ReportNumber.Of(test.Mse)} degrees²"),
            new("R²", ReportNumber.Of(test.R2, 4)),
        };
        if (test.Accuracy is { } accuracy)
        {
            facts.Add(new("Accuracy", $"{ReportNumber.Of(accuracy, 3)} in {model.Classes} classes; chance {ReportNumber.Of(1.0 / model.Classes, 3)}"));
        }

        if (test.Nll is { } nll)
        {
            facts.Add(new("Negative log-likelihood", ReportNumber.Of(nll, 3)));
        }

        if (test.CircularDeviationDegrees is { } deviation)
        {
            facts.Add(new("Predicted uncertainty", $"{ReportNumber.Degrees(deviation)}, median circular standard deviation"));
        }

        facts.Add(new("Chance", $"{ReportNumber.Degrees(model.Period / 4.0, 0)} is the error of guessing."));
        return facts;
    }

    /// <summary>What <c>decoder interpret</c> found.</summary>
    private static IEnumerable<ReportFact> Learned(InterpretationSummary interpretation)
    {
        yield return new("Saliency", $"{ReportNumber.Count(interpretation.NeuronsOfHalfTheSaliency, "neuron")} of {ReportNumber.Count(interpretation.Neurons, "neuron")} have half of the saliency of all, "
            + "the magnitude of the gradient of the decoded angle with respect to a response.");
        foreach (var layer in interpretation.Hidden)
        {
            var alike = layer.DissimilarityCorrelation is { } value ? $"; its dissimilarities of stimuli correlate with the population's at {ReportNumber.Of(value)}" : "";
            var variance = layer.ExplainedVariance.Count > 0 ? $"; {ReportNumber.Count(layer.ExplainedVariance.Count, "principal component")} with {ReportNumber.Of(100 * layer.ExplainedVariance.Sum(), 0)} % of the variance" : "";
            yield return new($"Hidden layer {layer.Number}", $"{ReportNumber.Count(layer.Units, "unit")}{variance}{alike}");
        }
    }

    private static void Describe(InterpretationSummary interpretation, Dictionary<string, string> numbers)
    {
        var shown = $"{ReportNumber.Count(interpretation.Neurons, "neuron")}, {ReportNumber.Count(interpretation.TestTrials, "test trial")}.";
        foreach (var name in (string[])["sorted-responses", "saliency", "saliency-profile", "dissimilarity-population"])
        {
            numbers[name] = shown;
        }

        foreach (var layer in interpretation.Hidden)
        {
            var suffix = interpretation.Hidden.Count > 1 ? $"-{layer.Number}" : "";
            var units = ReportNumber.Count(layer.Units, "unit");
            numbers[$"hidden-tuning{suffix}"] = $"{units}.";
            numbers[$"hidden-components{suffix}"] = $"{units}; {ReportNumber.Of(100 * layer.ExplainedVariance.Sum(), 0)} % of the variance in {ReportNumber.Count(layer.ExplainedVariance.Count, "component")}.";
            numbers[$"dissimilarity-hidden{suffix}"] = $"{units}{(layer.DissimilarityCorrelation is { } value ? $"; correlation with the population's dissimilarities {ReportNumber.Of(value)}" : "")}.";
        }

        numbers["input-weights"] = $"{ReportNumber.Count(interpretation.Neurons, "neuron")}{(interpretation.Hidden.Count > 0 ? $", {ReportNumber.Count(interpretation.Hidden[0].Units, "unit")}" : "")}.";
        if (interpretation.Hidden.Count > 0)
        {
            numbers["output-weights"] = $"{ReportNumber.Count(interpretation.Hidden[^1].Units, "unit")}.";
        }
    }

    private static ReportTable Salient(InterpretationSummary interpretation) => new(
        "Neurons that move the decoded angle most, by their numbers in the recording; all are in neurons.csv.",
        ["Neuron", "Preferred angle", "Degrees per unit of response"],
        [
            .. interpretation.MostSalient.Select(neuron => (string[])
            [
                $"{neuron.Neuron}", ReportNumber.Degrees(neuron.PreferredDegrees, 0), neuron.Saliency is { } saliency ? ReportNumber.Significant(saliency) : "–",
            ]),
        ]);

    private static Dictionary<string, string> Numbers(RunFolder folder, RunConfiguration configuration, RunResult result, List<Prediction> predictions, InterpretationSummary? interpretation)
    {
        var objective = Objective.Create(configuration.Model, []);
        var numbers = Numbers(objective, result.Test, predictions);
        numbers["responses"] = $"{ReportNumber.Count(configuration.Identity.Neurons, "neuron")} and {ReportNumber.Count(configuration.Identity.Stimuli, "stimulus row")} are in the recording.";
        var metrics = folder.ReadMetrics();
        if (metrics.Count > 0)
        {
            var (first, last) = (metrics.Where(record => record.Epoch == 1).Select(record => record.TrainLoss).ToArray(), result.Train.Loss);
            var test = metrics.LastOrDefault(record => record.TestLoss is not null)?.TestLoss;
            numbers["loss"] = $"The training loss ({objective.LossName}) goes from {(first.Length == 0 ? "its first value" : ReportNumber.Significant(first.Average()))} to {ReportNumber.Significant(last)} "
                + $"in {ReportNumber.Count(result.Epochs, "epoch")}{(test is { } loss && configuration.Training.Folds is null ? $"; the test loss ends at {ReportNumber.Significant(loss)}" : "")}.";
        }

        if (interpretation is not null)
        {
            Describe(interpretation, numbers);
        }

        return numbers;
    }

    /// <summary>What is seen in the figures of decoded angles.</summary>
    public static Dictionary<string, string> Numbers(Objective objective, DecodingScores scores, IReadOnlyList<Prediction> predictions)
    {
        double[] errors =
        [
            .. predictions.Select(prediction => objective.IsCircular
                ? CircularError.Signed(prediction.Decoded, prediction.Actual, objective.Period) : prediction.Decoded - (double)prediction.Actual),
        ];
        var sizes = Array.ConvertAll(errors, Math.Abs);
        return new()
        {
            ["decoded"] = $"{ReportNumber.Count(predictions.Count, "test row")}; median error {ReportNumber.Degrees(scores.MedianAbsoluteErrorDegrees)} on the circle, R² {ReportNumber.Of(scores.R2, 4)}.",
            ["error"] = $"Errors go from {ReportNumber.Degrees(errors.Min(), 1)} to {ReportNumber.Degrees(errors.Max(), 1)}{(objective.IsCircular ? "" : " on the line")}; "
                + $"half are below {ReportNumber.Degrees(Quantile.Median(sizes))}, 95 % below {ReportNumber.Degrees(Quantile.Of(sizes, 0.95))}.",
        };
    }

    /// <summary>Its layers.</summary>
    public static string Network(ModelOptions model, int neurons)
    {
        var layers = string.Concat(model.Hidden.Select(units => $"{units} {ChoiceName.Of(model.Activation.ToString())} → "));
        var outputs = model.Loss switch
        {
            LossKind.Mse => "degrees",
            LossKind.Circular => "sine, cosine",
            LossKind.VonMises => "direction and concentration",
            _ => $"{model.Classes} classes",
        };
        return $"{(model.Ensemble > 1 ? $"{model.Ensemble} × " : "")}{neurons} → {layers}{outputs}";
    }

    private static string Judged(TrainingOptions training, int rows) =>
        training.Folds is { } folds ? $"{folds} folds, {ReportNumber.Count(rows, "row")}" : ReportNumber.Count(rows, "held-out row");
}
