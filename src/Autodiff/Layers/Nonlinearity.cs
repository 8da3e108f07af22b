namespace Autodiff;

/// <summary>What follows a layer, for the gain of its initialization.</summary>
public enum Nonlinearity
{
    /// <summary>Nothing: gain 1.</summary>
    Linear,

    /// <summary>The logistic sigmoid: gain 1.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent: gain 5/3.</summary>
    Tanh,

    /// <summary>The rectifier: gain √2.</summary>
    Relu,

    /// <summary>The leaky rectifier of slope s: gain √(2 / (1 + s²)).</summary>
    LeakyRelu,
}
