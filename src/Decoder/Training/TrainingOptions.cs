namespace Decoder.Training;

/// <summary>How a model is trained and judged.</summary>
public sealed record TrainingOptions
{
    /// <summary>How parameters are updated.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Passes over the training set, at most.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Rows per step; null for all of them.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Fraction of the rows to test on, where the recording is not split already.</summary>
    public double TestFraction { get; init; } = 0.4;

    /// <summary>Decides the split, the initial weights, the batches and the dropout.</summary>
    public ulong Seed { get; init; }

    /// <summary>Weight of the sum of the magnitudes of all weights (not biases) in what is minimized.</summary>
    public double L1 { get; init; }

    /// <summary>Weight of the sum of the squares of all weights (not biases) in what is minimized.</summary>
    public double L2 { get; init; }

    /// <summary>Decay of all weights (not biases) apart from the gradient: each step takes the learning rate times this times the weight from it.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Stop after so many epochs without a better loss on the validation set, and take the best epoch's weights; null to train all epochs.</summary>
    public int? EarlyStopping { get; init; }

    /// <summary>Number of folds of a cross-validation; null for one training and one test set.</summary>
    public int? Folds { get; init; }
}
