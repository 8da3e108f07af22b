using System.Text.Json.Serialization;

namespace Decoder.Representations;

/// <summary>What came of training a <see cref="TiltNetwork"/> and comparing it with a recording.</summary>
/// <param name="Source">Where the recording is from.</param>
/// <param name="Simulated">Whether it is simulated.</param>
/// <param name="Neurons">Number of neurons.</param>
/// <param name="Stimuli">Number of gratings that are compared.</param>
/// <param name="Seed">Decides the network and its images.</param>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Parameters">Number of trained numbers.</param>
/// <param name="EpochLosses">Binary cross-entropy of the last mini-batch of each epoch, as the tutorial prints it.</param>
/// <param name="LastEpochMeanLoss">The mean over the mini-batches of the last epoch.</param>
/// <param name="LastEpochMedianLoss">The median over them: a few images so near 0 or 90 degrees that their tilt hardly shows make most of the mean.</param>
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
    double LearningRate,
    long Parameters,
    IReadOnlyList<double> EpochLosses,
    double LastEpochMeanLoss,
    double LastEpochMedianLoss,
    double Accuracy,
    double PooledCorrelation,
    double HiddenCorrelation,
    string Run)
{
    /// <summary>The epochs whose losses are shown: five of them, as the tutorial does.</summary>
    [JsonIgnore]
    public IEnumerable<int> ShownEpochs => Enumerable.Range(1, 5).Select(fifth => fifth * EpochLosses.Count / 5).Where(epoch => epoch > 0).Distinct();
}
