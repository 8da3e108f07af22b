using System.Numerics;
using Decoder.Evaluation;

namespace Decoder.Recordings;

/// <summary>How the neurons of a recording are tuned to orientation, summarised over the population.</summary>
/// <param name="MedianSelectivity">
/// Median over neurons of the orientation selectivity index |sum r exp(2 i theta)| / sum r (one minus the circular variance), r being the
/// tuning curve above its own minimum, because z-scored responses have no zero. 0 is untuned, 1 responds to one orientation alone. NaN with fewer
/// than three orientations.
/// </param>
/// <param name="PreferenceConcentration">
/// Length of the mean of exp(2 i preferred orientation) over neurons: 0 where preferences are spread evenly, 1 where all are the same.
/// </param>
/// <param name="MedianReliability">
/// Median over neurons of the correlation between the tuning curves of odd and even trials; null without repeated trials.
/// </param>
/// <param name="ReliableFraction">Fraction of neurons whose reliability exceeds 0.5; null without repeated trials.</param>
public sealed record TuningStatistics(
    double MedianSelectivity, double PreferenceConcentration, double? MedianReliability, double? ReliableFraction)
{
    /// <summary>Stimuli that are all different are grouped in bins of this width, degrees.</summary>
    private const int BinWidth = 6;

    /// <summary>So many trials a bin must have on average before halves of it are compared.</summary>
    private const int TrialsPerBin = 10;

    /// <summary>Computes the statistics; takes about twice as long as a pass over the responses.</summary>
    public static TuningStatistics Compute(Recording recording)
    {
        var (groupOfRow, angles, repeated) = GroupRows(recording);
        var first = new TuningCurves(recording, groupOfRow, angles.Length, half: 0);
        var second = new TuningCurves(recording, groupOfRow, angles.Length, half: 1);
        var neurons = recording.NeuronCount;
        var selectivity = new double[neurons];
        var reliability = new double[repeated ? neurons : 0];
        var preference = Complex.Zero;
        var phases = Array.ConvertAll(angles, angle => Complex.FromPolarCoordinates(1, 2 * angle * Math.PI / 180));
        var (curve, left, right) = (new double[angles.Length], new double[angles.Length], new double[angles.Length]);
        for (var neuron = 0; neuron < neurons; neuron++)
        {
            for (var group = 0; group < curve.Length; group++)
            {
                curve[group] = (first.Sum(group, neuron) + second.Sum(group, neuron)) / (first.Rows[group] + second.Rows[group]);
                left[group] = first.Sum(group, neuron) / first.Rows[group];
                right[group] = second.Sum(group, neuron) / second.Rows[group];
            }

            var vector = SelectivityVector(curve, phases);
            selectivity[neuron] = vector.Magnitude;
            preference += vector.Magnitude > 0 ? vector / vector.Magnitude : 0;
            if (repeated)
            {
                var correlation = PearsonCorrelation.Of(left, right);
                reliability[neuron] = double.IsNaN(correlation) ? 0 : correlation;
            }
        }

        var orientations = angles.Select(angle => ((angle % 180) + 180) % 180).Distinct().Count();
        return new(
            orientations < 3 ? double.NaN : Quantile.Median(selectivity),
            preference.Magnitude / neurons,
            repeated ? Quantile.Median(reliability) : null,
            repeated ? reliability.Count(r => r > 0.5) / (double)neurons : null);
    }

    /// <summary>
    /// Rows with the same stimulus form a group; where stimuli are all different, rows in the same bin. Groups have at least one row of each half
    /// where <c>Repeated</c> is true.
    /// </summary>
    private static (int[] GroupOfRow, double[] Angles, bool Repeated) GroupRows(Recording recording)
    {
        var stimuli = recording.Stimuli;
        var binned = stimuli.Distinct().Count() > 360 / BinWidth;
        var keys = Array.ConvertAll(
            stimuli, stimulus => binned ? (Math.Floor(stimulus / BinWidth) + 0.5) * BinWidth : stimulus);
        var groups = keys.CountBy(key => key).ToList();
        var angles = groups.Select(group => group.Key).Order().ToArray();
        var repeated = groups.All(group => group.Value >= 2) && (!binned || stimuli.Length >= TrialsPerBin * groups.Count);
        return (Array.ConvertAll(keys, key => Array.BinarySearch(angles, key)), angles, repeated);
    }

    /// <summary>sum r exp(2 i theta) / sum r, r being the curve above its minimum.</summary>
    private static Complex SelectivityVector(ReadOnlySpan<double> curve, ReadOnlySpan<Complex> phases)
    {
        var minimum = double.PositiveInfinity;
        foreach (var value in curve)
        {
            minimum = Math.Min(minimum, value);
        }

        var (vector, sum) = (Complex.Zero, 0.0);
        for (var i = 0; i < curve.Length; i++)
        {
            vector += (curve[i] - minimum) * phases[i];
            sum += curve[i] - minimum;
        }

        return sum > 0 ? vector / sum : Complex.Zero;
    }

    /// <summary>Summed responses of each group of rows, from every second row of the group.</summary>
    private sealed class TuningCurves
    {
        private readonly int _neurons;
        private readonly float[] _sums;

        public TuningCurves(Recording recording, int[] groupOfRow, int groups, int half)
        {
            _neurons = recording.NeuronCount;
            _sums = new float[checked(groups * _neurons)];
            Rows = new int[groups];
            var seen = new int[groups];
            for (var row = 0; row < groupOfRow.Length; row++)
            {
                var group = groupOfRow[row];
                if (seen[group]++ % 2 != half)
                {
                    continue;
                }

                Rows[group]++;
                var sums = _sums.AsSpan(group * _neurons, _neurons);
                var values = recording.Row(row);
                for (var neuron = 0; neuron < sums.Length; neuron++)
                {
                    sums[neuron] += values[neuron];
                }
            }
        }

        public int[] Rows { get; }

        public double Sum(int group, int neuron) => _sums[group * _neurons + neuron];
    }
}
