namespace Decoder.Interpretation;

/// <summary>What a model has learned, in numbers: interpretation.json, and what <c>interpret</c> prints with --json.</summary>
/// <param name="Run">The run folder.</param>
/// <param name="Neurons">Number of neurons.</param>
/// <param name="TestTrials">Number of trials that it was looked at on.</param>
/// <param name="Period">The period of decoded angles, degrees.</param>
/// <param name="NeuronsOfHalfTheSaliency">The least number of neurons that have half of the saliency of all.</param>
/// <param name="MostSalient">Neurons that move the decoded angle most.</param>
/// <param name="Hidden">Hidden layers.</param>
/// <param name="Figures">Files of the figures.</param>
internal sealed record InterpretationSummary(
    string Run,
    int Neurons,
    int TestTrials,
    int Period,
    int NeuronsOfHalfTheSaliency,
    IReadOnlyList<InterpretationSummary.Salient> MostSalient,
    IReadOnlyList<InterpretationSummary.Layer> Hidden,
    IReadOnlyList<string> Figures)
{
    /// <summary>The name of its file.</summary>
    public const string FileName = "interpretation.json";

    /// <summary>A neuron.</summary>
    /// <param name="Neuron">Its number in the recording's file.</param>
    /// <param name="PreferredDegrees">The angle that it prefers.</param>
    /// <param name="Saliency">Mean magnitude of the gradient of the decoded angle, degrees per unit of response; null where it is not finite.</param>
    internal sealed record Salient(int Neuron, double PreferredDegrees, double? Saliency);

    /// <summary>A hidden layer.</summary>
    /// <param name="Number">Its number, from 1.</param>
    /// <param name="Units">Number of units.</param>
    /// <param name="DissimilarityCorrelation">Correlation of its dissimilarities with the population's; null where there are none.</param>
    /// <param name="PreferredDegrees">The angle that each unit prefers.</param>
    /// <param name="ExplainedVariance">Fraction of the variance along the leading principal components.</param>
    internal sealed record Layer(
        [property: System.Text.Json.Serialization.JsonPropertyName("layer")] int Number,
        int Units,
        double? DissimilarityCorrelation,
        IReadOnlyList<double> PreferredDegrees,
        IReadOnlyList<double> ExplainedVariance);
}
