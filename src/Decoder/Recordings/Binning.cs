using System.Globalization;

namespace Decoder.Recordings;

/// <summary>Averages responses over stimuli that lie close together.</summary>
public static class Binning
{
    /// <summary>
    /// Bins as the tutorial does, <c>numpy.digitize(stimuli, numpy.arange(0, 360 + width, width))</c>: the mean stimulus and the mean response of each
    /// non-empty bin, in the order of the bins. Stimuli below 0 share one bin, and so do those beyond the last edge. The training and the test part
    /// of a recording that is already split are binned separately.
    /// </summary>
    /// <param name="recording">What to bin; it is not changed.</param>
    /// <param name="width">Width of a bin, degrees, in (0, 360].</param>
    /// <exception cref="RecordingException">The width is out of range, or fewer than two bins are left.</exception>
    public static Recording Bin(Recording recording, double width)
    {
        var rows = Enumerable.Range(0, recording.StimulusCount);
        return recording.TestStart is { } split ? Bin(recording, [.. rows.Take(split)], [.. rows.Skip(split)], width) : Bin(recording, [.. rows], test: null, width);
    }

    /// <summary>Bins some rows as training part and others as test part, without a copy of their responses.</summary>
    /// <param name="recording">Whose rows; how it is split does not matter.</param>
    /// <param name="train">Rows of the training part.</param>
    /// <param name="test">Rows of the test part; null for none.</param>
    /// <param name="width">Width of a bin, degrees.</param>
    internal static Recording Bin(Recording recording, ReadOnlySpan<int> train, int[]? test, double width)
    {
        CheckWidth(width);
        var bins = GroupRows(recording.Stimuli, train, width);
        var trainBins = bins.Count;
        bins.AddRange(GroupRows(recording.Stimuli, test, width));

        var neurons = recording.NeuronCount;
        var responses = GC.AllocateUninitializedArray<float>(checked(bins.Count * neurons));
        var stimuli = new float[bins.Count];
        var sums = new double[neurons];
        for (var i = 0; i < bins.Count; i++)
        {
            var rows = bins[i];
            Array.Clear(sums);
            foreach (var row in rows)
            {
                var values = recording.Row(row);
                for (var neuron = 0; neuron < sums.Length; neuron++)
                {
                    sums[neuron] += values[neuron];
                }
            }

            var average = responses.AsSpan(i * neurons, neurons);
            for (var neuron = 0; neuron < sums.Length; neuron++)
            {
                average[neuron] = (float)(sums[neuron] / rows.Count);
            }

            stimuli[i] = (float)rows.Average(row => (double)recording.Stimuli[row]);
        }

        return new Recording(
            responses, stimuli, recording.Source, recording.IsSimulated, test is null ? null : trainBins)
        {
            Spontaneous = recording.Spontaneous,
            Subset = recording.Subset,
            Notes = recording.Notes,
        };
    }

    private static void CheckWidth(double width)
    {
        if (!(width is > 0 and <= 360))
        {
            throw new RecordingException(string.Create(
                CultureInfo.InvariantCulture, $"The bin width is {width}; it must be greater than 0 and at most 360 degrees."));
        }
    }

    /// <summary>Those of some rows that are in each non-empty bin, by ascending bin.</summary>
    private static List<List<int>> GroupRows(ReadOnlySpan<float> stimuli, ReadOnlySpan<int> rows, double width)
    {
        // numpy.arange has ceil((stop - start) / step) elements.
        var edges = (int)Math.Min(int.MaxValue, Math.Ceiling((360 + width) / width));
        var groups = new SortedDictionary<int, List<int>>();
        foreach (var row in rows)
        {
            var bin = CountEdgesUpTo(stimuli[row], edges, width);
            if (!groups.TryGetValue(bin, out var group))
            {
                groups.Add(bin, group = []);
            }

            group.Add(row);
        }

        return [.. groups.Values];
    }

    /// <summary>numpy.digitize: how many of the edges 0, width, 2 width, ... are at most <paramref name="stimulus"/>.</summary>
    private static int CountEdgesUpTo(float stimulus, int edges, double width)
    {
        if (stimulus < 0)
        {
            return 0;
        }

        // The quotient may be rounded across an edge; the product is what numpy compares with.
        var count = (long)(stimulus / width) + 1;
        if (count * width <= stimulus)
        {
            count++;
        }
        else if ((count - 1) * width > stimulus)
        {
            count--;
        }

        return (int)Math.Min(count, edges);
    }
}
