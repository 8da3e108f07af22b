namespace Decoder.Preprocessing;

/// <summary>What happens to responses before a network sees them.</summary>
public enum Normalization
{
    /// <summary>Nothing: the tutorial's recordings are normalized already.</summary>
    None,

    /// <summary>Each neuron gets mean 0 and standard deviation 1 on the training set.</summary>
    ZScore,

    /// <summary>Each neuron is measured by its spontaneous activity: minus its mean, divided by its standard deviation there.</summary>
    Spontaneous,
}
