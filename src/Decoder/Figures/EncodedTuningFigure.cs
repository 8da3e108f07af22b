using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Tuning curves of a few neurons: those of held-out trials as points, those that an encoder predicts as lines.</summary>
internal static class EncodedTuningFigure
{
    private static readonly OxyColor[] Colors = [FigureStyle.Blue, FigureStyle.Vermilion, FigureStyle.Green];

    /// <summary>Draws them.</summary>
    /// <param name="neurons">The neurons, numbered from 0.</param>
    /// <param name="measured">Degrees and responses of each on held-out trials.</param>
    /// <param name="predicted">Degrees and predictions of each.</param>
    /// <param name="isSimulated">Whether the responses were simulated.</param>
    public static PlotModel Create(int[] neurons, IReadOnlyList<(double[] Degrees, double[] Values)> measured, IReadOnlyList<(double[] Degrees, double[] Values)> predicted, bool isSimulated)
    {
        var model = FigureStyle.Create("Tuning curves", "points: held-out trials, lines: predicted by the encoder", isSimulated);
        model.Legends.Add(FigureStyle.CreateLegend());
        model.Axes.Add(FigureStyle.CreateAngleAxis(AxisPosition.Bottom, "stimulus (degrees)", 360));
        var responses = FigureStyle.CreateAxis(AxisPosition.Left, "normalized neural response");
        (responses.MinimumPadding, responses.MaximumPadding) = (0.04, 0.06);
        model.Axes.Add(responses);
        for (var i = 0; i < neurons.Length; i++)
        {
            var color = Colors[i % Colors.Length];
            var points = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2.5, MarkerFill = OxyColor.FromAColor(150, color) };
            points.Points.AddRange(measured[i].Degrees.Zip(measured[i].Values, (x, y) => new ScatterPoint(x, y)));
            model.Series.Add(points);
            var line = new LineSeries { Title = $"neuron {neurons[i] + 1}", Color = color, StrokeThickness = 2, LineJoin = LineJoin.Round };
            line.Points.AddRange(predicted[i].Degrees.Zip(predicted[i].Values, (x, y) => new DataPoint(x, y)));
            model.Series.Add(line);
        }

        return model;
    }
}
