namespace Decoder.Rivals;

/// <summary>What is done to responses before they are z-scored.</summary>
public enum ResponseTransform
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The square root of what exceeds the least response of the neuron in training.</summary>
    SquareRoot,
}
