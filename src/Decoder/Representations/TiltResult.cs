namespace Decoder.Representations;

/// <summary>What came of training a <see cref="TiltNetwork"/> and comparing it with a recording.</summary>
/// <param name="Source">Where the recording is from.</param>
/// <param name="Simulated">Whether it is simulated.</param>
/// <param name="Neurons">Number of neurons.</param>
/// <param name="Stimuli">Number of gratings that are compared.</param>
/// <param name="Seed">Decides the network and its images.</param>
/// <param name="Parameters">Number of trained numbers.</param>
/// <param name="EpochLosses">Binary cross-entropy of the last mini-batch of each epoch.</param>
/// <param name="Accuracy">Fraction of new gratings whose tilt the network tells right.</param>
/// <param name="PooledCorrelation">Of the dissimilarities of the pooled maps and of the recording, over pairs of gratings.</param>
/// <param name="HiddenCorrelation">The same of the hidden units.</param>
/// <param name="Run">The folder of the run.</param>
internal sealed record TiltResult(
    string Source,
    bool Simulated,
    int Neurons,
    int Stimuli,
    ulong Seed,
    long Parameters,
    IReadOnlyList<double> EpochLosses,
    double Accuracy,
    double PooledCorrelation,
    double HiddenCorrelation,
    string Run);
