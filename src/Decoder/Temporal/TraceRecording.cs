using System.Globalization;
using Decoder.Recordings;

namespace Decoder.Temporal;

/// <summary>Responses of neurons in the course of trials.</summary>
internal sealed class TraceRecording
{
    /// <summary>Sampling intervals may differ by this fraction, which is more than rounding and less than a lost frame.</summary>
    private const double Unevenness = 0.05;

    /// <summary>Takes the arrays over after checking them.</summary>
    /// <param name="traces">Trials x neurons x times, the last varying fastest.</param>
    /// <param name="times">Seconds from the onset of the stimulus, ascending and even.</param>
    /// <param name="stimuli">Degrees, one per trial.</param>
    /// <param name="source">Where the data are from, for people.</param>
    /// <param name="isSimulated">Whether they are simulated.</param>
    /// <exception cref="RecordingException">They are empty, not finite, or do not go together.</exception>
    public TraceRecording(float[] traces, double[] times, float[] stimuli, string source, bool isSimulated = false)
    {
        if (traces.Length == 0 || times.Length < 2 || stimuli.Length == 0 || traces.Length % ((long)stimuli.Length * times.Length) != 0)
        {
            throw new RecordingException(
                $"{source}: {traces.Length} values of {stimuli.Length} trials at {times.Length} times; trials x neurons x times are needed, at two times or more.");
        }

        RecordingChecks.CheckStimuli(stimuli, source);
        CheckTimes(times, source);
        (Traces, Times, Stimuli, Source, IsSimulated) = (traces, times, stimuli, source, isSimulated);
        NeuronCount = traces.Length / stimuli.Length / times.Length;
        var bad = Array.FindIndex(traces, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            var (trial, rest) = Math.DivRem(bad, NeuronCount * times.Length);
            throw new RecordingException(
                $"{source}: the trace of neuron {rest / times.Length} in trial {trial} is {traces[bad]} at sample {rest % times.Length} (all counted from 0). "
                + "Remove such trials or neurons, or replace the values, for example with numpy.nan_to_num.");
        }
    }

    /// <summary>Trials x neurons x times.</summary>
    public float[] Traces { get; }

    /// <summary>Seconds from the onset of the stimulus.</summary>
    public double[] Times { get; }

    /// <summary>Degrees, one per trial.</summary>
    public float[] Stimuli { get; }

    /// <summary>Where the data are from.</summary>
    public string Source { get; }

    /// <summary>Whether they are simulated.</summary>
    public bool IsSimulated { get; }

    /// <summary>Number of trials.</summary>
    public int TrialCount => Stimuli.Length;

    /// <summary>Number of neurons.</summary>
    public int NeuronCount { get; }

    private static void CheckTimes(double[] times, string source)
    {
        var interval = (times[^1] - times[0]) / (times.Length - 1);
        for (var i = 0; i < times.Length; i++)
        {
            if (!double.IsFinite(times[i]) || !(interval > 0) || (i > 0 && !(Math.Abs(times[i] - times[i - 1] - interval) <= Unevenness * interval)))
            {
                throw new RecordingException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{source}: the times go from {times[0]} to {times[^1]}, and number {i} (counted from 0) is {times[i]}; seconds that ascend in even steps are needed."));
            }
        }
    }
}
