namespace Autodiff;

/// <summary>Which side of a layer an initialization keeps the variance for.</summary>
public enum FanMode
{
    /// <summary>The inputs: activations keep their variance on the way forward.</summary>
    Input,

    /// <summary>The outputs: gradients keep their variance on the way back.</summary>
    Output,
}
