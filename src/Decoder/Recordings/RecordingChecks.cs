using System.Globalization;
using System.Numerics;

namespace Decoder.Recordings;

/// <summary>What a recording must fulfil, each with the message for the case that it does not.</summary>
internal static class RecordingChecks
{
    public static void CheckShape(float[] responses, float[] stimuli, string source)
    {
        if (stimuli.Length == 0 || responses.Length == 0)
        {
            throw new RecordingException(
                $"{source}: the recording is empty ({responses.Length} responses, {stimuli.Length} stimuli). At least 2 stimuli and 1 neuron are needed.");
        }

        if (responses.Length % stimuli.Length != 0)
        {
            throw new RecordingException(
                $"{source}: {responses.Length} responses cannot be divided into {stimuli.Length} rows, one per stimulus.");
        }
    }

    public static void CheckStimuli(float[] stimuli, string source)
    {
        var (minimum, maximum) = (float.PositiveInfinity, float.NegativeInfinity);
        var fractional = false;
        for (var i = 0; i < stimuli.Length; i++)
        {
            if (!float.IsFinite(stimuli[i]))
            {
                throw new RecordingException(Invariant($"{source}: stimulus {i} is {stimuli[i]}; remove that row from the responses and the stimuli."));
            }

            (minimum, maximum) = (Math.Min(minimum, stimuli[i]), Math.Max(maximum, stimuli[i]));
            fractional |= stimuli[i] != MathF.Round(stimuli[i]);
        }

        if (minimum == maximum)
        {
            throw new RecordingException(
                Invariant($"{source}: all {stimuli.Length} stimuli are {minimum} degrees; at least two different ones are needed to decode anything."));
        }

        if (minimum < -360 || maximum > 360)
        {
            throw new RecordingException(
                Invariant($"{source}: stimuli range from {minimum} to {maximum}; they must be degrees between -360 and 360."));
        }

        // Angles that fill the circle from 0 to just 2 pi in fractions are radians, and would train without complaint.
        if (fractional && stimuli.Length >= 8 && minimum is >= 0 and < 0.5f && maximum is > 5.8f and <= 6.2832f)
        {
            throw new RecordingException(
                Invariant($"{source}: stimuli range from {minimum} to {maximum} and look like radians; convert them with numpy.degrees(stimuli)."));
        }
    }

    public static void CheckResponses(float[] responses, int neurons, string source)
    {
        var bad = IndexOfNonFinite(responses);
        if (bad >= 0)
        {
            throw new RecordingException(Invariant(
                $"{source}: the response of neuron {bad % neurons} in row {bad / neurons} is {responses[bad]} (both counted from 0). ")
                + "Remove such rows or neurons, or replace the values, for example with numpy.nan_to_num.");
        }
    }

    private static int IndexOfNonFinite(float[] values)
    {
        // x - x is 0 for finite x and NaN for the rest: NaN makes the comparison false.
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = new Vector<float>(values, i);
            if (!Vector.EqualsAll(x - x, Vector<float>.Zero))
            {
                break;
            }
        }

        for (; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
