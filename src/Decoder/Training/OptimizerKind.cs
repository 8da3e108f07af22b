namespace Decoder.Training;

/// <summary>How parameters are updated.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with PyTorch's defaults.</summary>
    Adam,

    /// <summary>Plain gradient descent, on mini-batches where there are any.</summary>
    Sgd,
}
