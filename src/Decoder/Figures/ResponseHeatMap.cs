using Decoder.Evaluation;
using Decoder.Recordings;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Responses of the first neurons to all stimuli as a heat map: the tutorial's first figure.</summary>
public static class ResponseHeatMap
{
    /// <summary>Neurons down, stimuli across, colours from the 1st to the 99th percentile of what is shown.</summary>
    /// <param name="recording">The data.</param>
    /// <param name="neurons">How many neurons to show, at most those there are.</param>
    public static PlotModel Create(Recording recording, int neurons = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neurons);
        neurons = Math.Min(neurons, recording.NeuronCount);
        var averages = DegreeAverages.Compute(recording, Enumerable.Range(0, neurons).ToArray());
        var (degrees, responses) = (averages.Degrees, averages.Responses);
        var values = responses.Cast<double>().ToArray();
        var (low, high) = (Quantile.Of(values, 0.01), Quantile.Of(values, 0.99));

        var title = neurons < recording.NeuronCount ? $"Responses of the first {neurons} neurons" : $"Responses of all {neurons} neurons";
        var model = FigureStyle.Create(title, null, recording.IsSimulated);
        model.PlotAreaBorderThickness = new OxyThickness(1);
        model.Axes.Add(CreateStimulusAxis(degrees, out var first, out var last));
        model.Axes.Add(CreateNeuronAxis(neurons));
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = PinkPalette.Create(),
            Minimum = low,
            Maximum = high > low ? high : low + 1,
            Title = "normalized neural response",
            AxisTitleDistance = 12,
            AxisDistance = 14,
            MinorTickSize = 0,
        });
        model.Series.Add(new HeatMapSeries
        {
            Data = responses,
            X0 = first,
            X1 = last,
            Y0 = 1,
            Y1 = neurons,
            Interpolate = false,
            RenderMethod = HeatMapRenderMethod.Bitmap,
        });
        return model;
    }

    /// <summary>In degrees where stimuli are evenly spaced, else simply in their order.</summary>
    private static LinearAxis CreateStimulusAxis(double[] degrees, out double first, out double last)
    {
        var step = (degrees[^1] - degrees[0]) / (degrees.Length - 1);
        var even = degrees.Length > 1 && degrees.Zip(degrees.Skip(1), (a, b) => b - a).All(gap => Math.Abs(gap - step) < 1e-6);
        var axis = FigureStyle.CreateAxis(AxisPosition.Bottom, even ? "stimulus (degrees)" : "stimulus (sorted by angle)");
        (first, last) = even ? (degrees[0], degrees[^1]) : (1, degrees.Length);
        var half = even ? step / 2 : 0.5;
        (axis.Minimum, axis.Maximum) = (first - half, last + half);
        if (even && last - first > 180)
        {
            axis.MajorStep = 90;
        }

        return axis;
    }

    private static LinearAxis CreateNeuronAxis(int neurons)
    {
        var axis = FigureStyle.CreateAxis(AxisPosition.Left, "neuron");
        (axis.Minimum, axis.Maximum) = (0.5, neurons + 0.5);
        (axis.StartPosition, axis.EndPosition) = (1, 0);
        axis.StringFormat = "0";
        axis.MajorStep = neurons >= 50 ? 20 : double.NaN;
        return axis;
    }
}
