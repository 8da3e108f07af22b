namespace Decoder.Models;

/// <summary>What a network outputs and how it is told how wrong that is.</summary>
public enum LossKind
{
    /// <summary>One output in degrees, squared error on the line: the tutorial's first decoder, which fails where 360 meets 0.</summary>
    Mse,

    /// <summary>Sine and cosine of the angle, squared error.</summary>
    Circular,

    /// <summary>A vector, whose angle is the decoded one and whose length says how sure it is: likelihood of the von Mises distribution.</summary>
    VonMises,

    /// <summary>One score per class of equal width, cross-entropy.</summary>
    Classes,
}
