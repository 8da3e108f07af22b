namespace Decoder.Preprocessing;

/// <summary>What happens to responses before a decoder sees them.</summary>
/// <param name="Normalization">First, neuron by neuron.</param>
/// <param name="RemovedComponents">Then so many principal components of the training rows are removed.</param>
public sealed record PreprocessingOptions(Normalization Normalization, int RemovedComponents = 0);
