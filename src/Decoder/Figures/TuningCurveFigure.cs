using System.Numerics;
using Decoder.Recordings;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Mean response against stimulus for a few neurons.</summary>
public static class TuningCurveFigure
{
    private static readonly OxyColor[] Colors = [FigureStyle.Blue, FigureStyle.Vermilion, FigureStyle.Green];

    /// <summary>One line per neuron.</summary>
    /// <param name="recording">The data.</param>
    /// <param name="neurons">Which neurons to show; by default those of <see cref="SelectNeurons"/>.</param>
    public static PlotModel Create(Recording recording, IReadOnlyList<int>? neurons = null)
    {
        var shown = (neurons ?? SelectNeurons(recording)).ToArray();
        var averages = DegreeAverages.Compute(recording, shown);
        var model = FigureStyle.Create("Tuning curves", null, recording.IsSimulated);
        model.Legends.Add(FigureStyle.CreateLegend());
        model.Axes.Add(FigureStyle.CreateAngleAxis(AxisPosition.Bottom, "stimulus (degrees)", 360));
        var responses = FigureStyle.CreateAxis(AxisPosition.Left, "normalized neural response");
        (responses.MinimumPadding, responses.MaximumPadding) = (0.04, 0.06);
        model.Axes.Add(responses);
        for (var i = 0; i < shown.Length; i++)
        {
            var line = new LineSeries
            {
                Title = $"neuron {shown[i] + 1}",
                Color = Colors[i % Colors.Length],
                StrokeThickness = 1.6,
                LineJoin = LineJoin.Round,
            };
            for (var index = 0; index < averages.Degrees.Length; index++)
            {
                line.Points.Add(new DataPoint(averages.Degrees[index], averages.Responses[index, i]));
            }

            model.Series.Add(line);
        }

        return model;
    }

    /// <summary>
    /// The most strongly tuned neuron of each third of the directions: the one with the largest projection of its responses on
    /// exp(i direction) + exp(2 i direction) terms among those preferring that third, from the first 1000 neurons.
    /// </summary>
    /// <param name="recording">The data.</param>
    /// <param name="count">How many neurons, one per equal part of the circle; fewer where no neuron prefers a part.</param>
    public static int[] SelectNeurons(Recording recording, int count = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var candidates = Math.Min(recording.NeuronCount, 1000);
        var averages = DegreeAverages.Compute(recording, Enumerable.Range(0, candidates).ToArray());
        var best = new (int Neuron, double Strength)[count];
        Array.Fill(best, (-1, 0));
        for (var neuron = 0; neuron < candidates; neuron++)
        {
            var (preferred, strength) = Preference(averages, neuron);
            var part = Math.Min(count - 1, (int)(preferred / 360 * count));
            if (strength > best[part].Strength)
            {
                best[part] = (neuron, strength);
            }
        }

        var selected = best.Where(entry => entry.Neuron >= 0).Select(entry => entry.Neuron).ToArray();
        return selected.Length > 0 ? selected : [0];
    }

    /// <summary>
    /// Direction in [0, 360) and height of the peak of the curve that the first two harmonics make of the responses.
    /// </summary>
    private static (double Direction, double Strength) Preference(DegreeAverages averages, int neuron)
    {
        var (once, twice) = (Complex.Zero, Complex.Zero);
        for (var index = 0; index < averages.Degrees.Length; index++)
        {
            var phase = Complex.FromPolarCoordinates(1, averages.Degrees[index] * Math.PI / 180);
            once += averages.Responses[index, neuron] * phase / averages.Degrees.Length;
            twice += averages.Responses[index, neuron] * phase * phase / averages.Degrees.Length;
        }

        var (direction, strength) = (0.0, 0.0);
        for (var degree = 0; degree < 360; degree += 5)
        {
            var phase = Complex.FromPolarCoordinates(1, -degree * Math.PI / 180);
            var height = (once * phase + twice * phase * phase).Real;
            if (height > strength)
            {
                (direction, strength) = (degree, height);
            }
        }

        return (direction, strength);
    }
}
