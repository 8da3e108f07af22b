using Decoder.Recordings;

namespace Decoder.Representations;

/// <summary>The mean responses of a population to the gratings of half a circle, as Tutorial 3 compares them with the network's.</summary>
/// <param name="Degrees">The gratings, ascending, from -90 to 90: the stimulus less 90.</param>
/// <param name="Responses">Row-major, gratings x neurons.</param>
internal sealed record RepresentedStimuli(double[] Degrees, float[] Responses)
{
    private const double BinWidth = 1;

    /// <summary>Takes the stimuli from 0 to 180 degrees and averages them per degree.</summary>
    /// <param name="recording">Single trials, or averages of them; a training and a test part are put together.</param>
    /// <exception cref="RecordingException">There are fewer than three such stimuli, or fewer than two neurons.</exception>
    public static RepresentedStimuli Of(Recording recording)
    {
        var circle = Array.ConvertAll(recording.Stimuli, stimulus => stimulus is < 0 or >= 360 ? stimulus - 360 * MathF.Floor(stimulus / 360) : stimulus);
        int[] rows = [.. Enumerable.Range(0, circle.Length).Where(row => circle[row] <= 180)];
        var shown = rows.Select(row => Math.Floor(circle[row] / BinWidth)).Distinct().Count();
        if (shown < 3 || recording.NeuronCount < 2)
        {
            throw new RecordingException(
                $"{recording.Source}: {shown} stimuli between 0 and 180 degrees (averaged per degree), {recording.NeuronCount} neurons; "
                + "at least three such stimuli and two neurons are needed to compare dissimilarities.");
        }

        var half = new Recording(recording.Select(rows).Responses, [.. rows.Select(row => circle[row])], recording.Source, recording.IsSimulated);
        var binned = Binning.Bin(half, BinWidth);
        return new(Array.ConvertAll(binned.Stimuli, stimulus => stimulus - 90.0), binned.Responses);
    }
}
