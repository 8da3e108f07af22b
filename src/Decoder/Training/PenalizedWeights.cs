namespace Decoder.Training;

/// <summary>Which weights the L1 and L2 penalties are on.</summary>
public enum PenalizedWeights
{
    /// <summary>Those of all layers.</summary>
    All,

    /// <summary>Those of the first layer, one for each neuron and unit, as in the tutorial: L1 then leaves out neurons.</summary>
    Input,
}
