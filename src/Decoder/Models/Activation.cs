namespace Decoder.Models;

/// <summary>The nonlinearity behind each hidden layer.</summary>
public enum Activation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>None: the tutorial's linear network, whose hidden layer is a bottleneck and nothing else.</summary>
    Linear,
}
