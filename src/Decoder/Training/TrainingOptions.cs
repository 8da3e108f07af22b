using Decoder.Evaluation;
using Decoder.Recordings;
using Decoder.Sampling;

namespace Decoder.Training;

/// <summary>How a model is trained and judged.</summary>
public sealed record TrainingOptions
{
    /// <summary>The stream of the seed that splits the training set; the trainer's own lie below.</summary>
    private const ulong ValidationStream = 1UL << 41;

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

    /// <summary>Weight of the sum of the magnitudes of the penalized weights (never biases) in what is minimized.</summary>
    public double L1 { get; init; }

    /// <summary>Weight of the sum of the squares of the penalized weights (never biases) in what is minimized.</summary>
    public double L2 { get; init; }

    /// <summary>Which weights <see cref="L1"/> and <see cref="L2"/> are on.</summary>
    public PenalizedWeights Penalize { get; init; }

    /// <summary>Decay of all weights (not biases) apart from the gradient: each step takes the learning rate times this times the weight from it.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Stop after so many epochs without a better loss on the validation set, and take the best epoch's weights; null to train all epochs.</summary>
    public int? EarlyStopping { get; init; }

    /// <summary>Number of folds of a cross-validation; null for one training and one test set.</summary>
    public int? Folds { get; init; }

    /// <summary>
    /// Fraction of the training set that the model is judged on instead of the test set, which is then not looked at: for choosing between models. Null to judge on the test set.
    /// </summary>
    public double? ValidationFraction { get; init; }

    /// <summary>The rows to train on and those to judge on.</summary>
    /// <exception cref="ArgumentException">One of the parts would be empty.</exception>
    public DataSplit Split(Recording recording)
    {
        var split = DataSplit.Of(recording, TestFraction, Seed);
        if (ValidationFraction is not { } fraction)
        {
            return split;
        }

        var rows = split.Train.ToArray();
        var validation = (int)Math.Round(rows.Length * fraction);
        if (validation < 1 || validation >= rows.Length)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A validation fraction of {fraction} of {rows.Length} training rows leaves {rows.Length - validation} to train on and {validation} to validate on; both parts need at least 1 row."));
        }

        new RandomStream(Seed, ValidationStream).Shuffle(rows.AsSpan());
        return new(rows[validation..], rows[..validation]);
    }
}
