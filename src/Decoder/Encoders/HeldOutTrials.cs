using Decoder.Evaluation;
using Decoder.Recordings;
using Decoder.Sampling;

namespace Decoder.Encoders;

/// <summary>Two sets of average responses to the same stimuli, from different trials: one to learn tuning curves from, one to judge them on.</summary>
internal static class HeldOutTrials
{
    /// <summary>The recording binned, its training part before its test part. One that does not come split is split at random within each bin.</summary>
    /// <param name="recording">Single trials, or averages of a few.</param>
    /// <param name="width">Width of a bin, degrees.</param>
    /// <param name="seed">Which trials go where.</param>
    /// <exception cref="RecordingException">No bin has two trials.</exception>
    public static Recording Bin(Recording recording, double width, ulong seed)
    {
        if (recording.TestStart is not null)
        {
            return Binning.Bin(recording, width);
        }

        var order = Enumerable.Range(0, recording.StimulusCount).ToArray();
        new RandomStream(seed, stream: 1UL << 42).Shuffle(order);
        var bins = order.GroupBy(row => (int)Math.Floor(recording.Stimuli[row] / width)).Where(bin => bin.Count() > 1).ToArray();
        if (bins.Length == 0)
        {
            throw new RecordingException(
                $"{recording.Source}: no two of the {recording.StimulusCount} trials lie within {width} degrees, so none can be held out; choose a larger --bin-width.");
        }

        var train = bins.SelectMany(bin => bin.Take((bin.Count() + 1) / 2)).ToArray();
        var test = bins.SelectMany(bin => bin.Skip((bin.Count() + 1) / 2)).ToArray();
        return Binning.Bin(recording, train, test, width);
    }
}
