using System.Globalization;
using Decoder.Recordings;

namespace Decoder.Temporal;

/// <summary>
/// Traces averaged in bins of time, less each trial's mean before the onset. Bins are laid from the onset, forwards and backwards, so that none has samples from
/// both sides; what is left over at the ends is dropped.
/// </summary>
internal sealed class BinnedTraces
{
    private BinnedTraces(float[] values, double[] starts, double width, int onsetBin, int neurons) =>
        (Values, Starts, Width, OnsetBin, NeuronCount) = (values, starts, width, onsetBin, neurons);

    /// <summary>Trials x bins x neurons, the last varying fastest.</summary>
    public float[] Values { get; }

    /// <summary>Where each bin begins, seconds from the onset; its samples lie after that.</summary>
    public double[] Starts { get; }

    /// <summary>Width of a bin, seconds.</summary>
    public double Width { get; }

    /// <summary>The first bin after the onset.</summary>
    public int OnsetBin { get; }

    /// <summary>Number of neurons.</summary>
    public int NeuronCount { get; }

    /// <summary>Bins a recording.</summary>
    /// <param name="recording">The traces.</param>
    /// <param name="width">Width of a bin, seconds; it is rounded to whole samples.</param>
    /// <exception cref="RecordingException">No bin fits behind the onset.</exception>
    public static BinnedTraces Create(TraceRecording recording, double width)
    {
        var times = recording.Times;
        var interval = (times[^1] - times[0]) / (times.Length - 1);
        var samples = (int)Math.Clamp(Math.Round(width / interval), 1, times.Length);

        // The sample at the onset itself shows nothing of the stimulus yet; float32 times need not hit it exactly.
        var before = times.Where(time => time <= 1e-3 * interval).Count();
        var (binsBefore, binsAfter) = (before / samples, (times.Length - before) / samples);
        if (binsAfter == 0)
        {
            throw new RecordingException(string.Create(
                CultureInfo.InvariantCulture,
                $"{recording.Source}: {times.Length - before} of the samples from {times[0]:G3} to {times[^1]:G3} s lie after the onset; a bin has {samples}. "
                + $"Choose a smaller --bin, or another --onset."));
        }

        var (bins, neurons) = (binsBefore + binsAfter, recording.NeuronCount);
        var first = before - binsBefore * samples;
        var values = new float[checked(recording.TrialCount * bins * neurons)];
        for (var trial = 0; trial < recording.TrialCount; trial++)
        {
            for (var neuron = 0; neuron < neurons; neuron++)
            {
                var trace = recording.Traces.AsSpan((trial * neurons + neuron) * times.Length, times.Length);
                var baseline = before > 0 ? Mean(trace[..before]) : 0;
                for (var bin = 0; bin < bins; bin++)
                {
                    values[(trial * bins + bin) * neurons + neuron] = (float)(Mean(trace.Slice(first + bin * samples, samples)) - baseline);
                }
            }
        }

        // Multiples of the width, since the onset lies between two bins.
        var starts = new double[bins];
        for (var bin = 0; bin < bins; bin++)
        {
            starts[bin] = (bin - binsBefore) * samples * interval;
        }

        return new(values, starts, samples * interval, binsBefore, neurons);
    }

    /// <summary>Some bins of some trials, trials x bins x neurons.</summary>
    public float[] Select(ReadOnlySpan<int> trials, int firstBin, int count)
    {
        var selected = new float[trials.Length * count * NeuronCount];
        for (var i = 0; i < trials.Length; i++)
        {
            Values.AsSpan((trials[i] * Starts.Length + firstBin) * NeuronCount, count * NeuronCount).CopyTo(selected.AsSpan(i * count * NeuronCount));
        }

        return selected;
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
