using Decoder.Recordings;

namespace Decoder.Figures;

/// <summary>
/// Mean response of some neurons to each stimulus, rounded to whole degrees and sorted: what tuning curves and heat maps show. Data that have
/// one row per degree come out as they are.
/// </summary>
internal sealed class DegreeAverages
{
    private DegreeAverages(double[] degrees, double[,] responses) => (Degrees, Responses) = (degrees, responses);

    /// <summary>Ascending, each once.</summary>
    public double[] Degrees { get; }

    /// <summary>Stimuli x neurons.</summary>
    public double[,] Responses { get; }

    public static DegreeAverages Compute(Recording recording, ReadOnlySpan<int> neurons)
    {
        var keys = Array.ConvertAll(recording.Stimuli, stimulus => Math.Round((double)stimulus) is 360 ? 0 : Math.Round((double)stimulus));
        var degrees = keys.Distinct().Order().ToArray();
        var responses = new double[degrees.Length, neurons.Length];
        var rows = new int[degrees.Length];
        for (var row = 0; row < keys.Length; row++)
        {
            var index = Array.BinarySearch(degrees, keys[row]);
            rows[index]++;
            var values = recording.Row(row);
            for (var i = 0; i < neurons.Length; i++)
            {
                responses[index, i] += values[neurons[i]];
            }
        }

        for (var index = 0; index < degrees.Length; index++)
        {
            for (var i = 0; i < neurons.Length; i++)
            {
                responses[index, i] /= rows[index];
            }
        }

        return new(degrees, responses);
    }
}
