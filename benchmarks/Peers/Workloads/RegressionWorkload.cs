namespace Benchmarks.Peers;

/// <summary>
/// Regression of the angle of stimuli, in degrees, from the responses of neurons with one hidden layer of ReLU units; mean squared
/// error, Adam at 0.001, float32. All numbers follow from the seed.
/// </summary>
public sealed class RegressionWorkload
{
    /// <summary>Adam's learning rate; its other parameters are the usual 0.9, 0.999 and 1e-8.</summary>
    public const double LearningRate = 1e-3;

    /// <summary>Makes the numbers.</summary>
    /// <param name="samples">Stimuli.</param>
    /// <param name="features">Neurons, the inputs.</param>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="batch">Stimuli per step; an epoch is as many steps as they fill.</param>
    public RegressionWorkload(int samples, int features, int hidden, int batch)
    {
        (Samples, Features, Hidden, Batch) = (samples, features, hidden, batch);
        var random = new SplitMix64(seed: 1);
        var unitVariance = MathF.Sqrt(3);
        Responses = random.Uniform(samples * features, -unitVariance, unitVariance);
        Stimuli = random.Uniform(samples, 0, 360);

        // The bounds that PyTorch's Linear initialises with.
        var bound = 1 / MathF.Sqrt(features);
        HiddenWeight = random.Uniform(hidden * features, -bound, bound);
        HiddenBias = random.Uniform(hidden, -bound, bound);
        bound = 1 / MathF.Sqrt(hidden);
        OutputWeight = random.Uniform(hidden, -bound, bound);
        OutputBias = random.Uniform(1, -bound, bound);
    }

    /// <summary>The tutorial's: full batches of 360 stimuli, 23,589 neurons, 100 hidden units.</summary>
    public static RegressionWorkload Tutorial() => new(samples: 360, features: 23_589, hidden: 100, batch: 360);

    /// <summary>Three quarters of a recording of single trials, 325 MB, in shuffled mini-batches.</summary>
    public static RegressionWorkload SingleTrials()
    {
        const int Samples = 3_448;
        var order = Enumerable.Range(0, Samples).ToArray();
        var random = new SplitMix64(seed: 2);
        Array.Sort(random.Uniform(Samples, 0, 1), order);
        return new RegressionWorkload(Samples, features: 23_589, hidden: 100, batch: 128) { Order = order };
    }

    /// <summary>Stimuli.</summary>
    public int Samples { get; }

    /// <summary>Neurons, the inputs.</summary>
    public int Features { get; }

    /// <summary>Hidden units.</summary>
    public int Hidden { get; }

    /// <summary>Stimuli per step.</summary>
    public int Batch { get; }

    /// <summary>[Samples, Features], row-major: zero mean, unit variance.</summary>
    public float[] Responses { get; }

    /// <summary>[Samples, 1]: degrees in [0, 360).</summary>
    public float[] Stimuli { get; }

    /// <summary>The stimuli in the order in which mini-batches take them, gathered anew for each; null where batches are consecutive stimuli, and none is gathered.</summary>
    public int[]? Order { get; private init; }

    /// <summary>[Hidden, Features], row-major.</summary>
    public float[] HiddenWeight { get; }

    /// <summary>[Hidden].</summary>
    public float[] HiddenBias { get; }

    /// <summary>[1, Hidden].</summary>
    public float[] OutputWeight { get; }

    /// <summary>[1].</summary>
    public float[] OutputBias { get; }
}
