namespace Benchmarks.Peers;

/// <summary>
/// The seed workload: full-batch regression of the angle of 360 stimuli, in degrees, from the responses of 23,589 neurons with
/// one hidden layer of 100 ReLU units; mean squared error, Adam at 0.001, float32. All numbers follow from the seed.
/// </summary>
public sealed class SeedWorkload
{
    /// <summary>Number of stimuli, the batch.</summary>
    public const int Samples = 360;

    /// <summary>Number of neurons, the inputs.</summary>
    public const int Features = 23_589;

    /// <summary>Number of hidden units.</summary>
    public const int Hidden = 100;

    /// <summary>Adam's learning rate; its other parameters are the usual 0.9, 0.999 and 1e-8.</summary>
    public const double LearningRate = 1e-3;

    /// <summary>The workload in one line.</summary>
    public const string Description = "Training step of 360 x 23,589 -> 100 -> 1, ReLU, mean squared error, Adam, float32";

    private SeedWorkload(ulong seed)
    {
        var random = new SplitMix64(seed);
        var unitVariance = MathF.Sqrt(3);
        Responses = Uniform(random, Samples * Features, -unitVariance, unitVariance);
        Stimuli = Uniform(random, Samples, 0, 360);

        // The bounds that PyTorch's Linear initialises with.
        var bound = 1 / MathF.Sqrt(Features);
        HiddenWeight = Uniform(random, Hidden * Features, -bound, bound);
        HiddenBias = Uniform(random, Hidden, -bound, bound);
        bound = 1 / MathF.Sqrt(Hidden);
        OutputWeight = Uniform(random, Hidden, -bound, bound);
        OutputBias = Uniform(random, 1, -bound, bound);
    }

    /// <summary>[Samples, Features], row-major: zero mean, unit variance.</summary>
    public float[] Responses { get; }

    /// <summary>[Samples, 1]: degrees in [0, 360).</summary>
    public float[] Stimuli { get; }

    /// <summary>[Hidden, Features], row-major.</summary>
    public float[] HiddenWeight { get; }

    /// <summary>[Hidden].</summary>
    public float[] HiddenBias { get; }

    /// <summary>[1, Hidden].</summary>
    public float[] OutputWeight { get; }

    /// <summary>[1].</summary>
    public float[] OutputBias { get; }

    /// <summary>The one workload that all competitors share, made when it is first asked for.</summary>
    public static SeedWorkload Shared => LazyShared.Value;

    private static Lazy<SeedWorkload> LazyShared { get; } = new(() => new SeedWorkload(seed: 1));

    private static float[] Uniform(SplitMix64 random, int count, float minimum, float maximum)
    {
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextUniform(minimum, maximum);
        }

        return values;
    }
}
