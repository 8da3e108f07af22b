using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Stimuli in the plane of the first two principal components of a population's responses, coloured by orientation.</summary>
internal static class ComponentsFigure
{
    /// <summary>One point per stimulus.</summary>
    /// <param name="title">Whose responses they are.</param>
    /// <param name="scores">The scores of each stimulus.</param>
    /// <param name="degrees">The stimuli, from -90 to 90.</param>
    /// <param name="isSimulated">Whether the responses were simulated.</param>
    public static PlotModel Create(string title, (double First, double Second)[] scores, double[] degrees, bool isSimulated)
    {
        var model = FigureStyle.Create(title, "principal components, a point per grating", isSimulated);
        model.PlotAreaBorderThickness = new OxyThickness(1);
        foreach (var (position, name) in ((AxisPosition, string)[])[(AxisPosition.Bottom, "first component"), (AxisPosition.Left, "second component")])
        {
            var axis = FigureStyle.CreateAxis(position, name);
            (axis.MinimumPadding, axis.MaximumPadding) = (0.05, 0.05);
            model.Axes.Add(axis);
        }

        // The colours go round, since -90 and 90 degrees are the same orientation.
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = OxyPalettes.Hue(256),
            Minimum = -90,
            Maximum = 90,
            MajorStep = 45,
            Title = "orientation (degrees)",
            AxisTitleDistance = 12,
            AxisDistance = 14,
            MinorTickSize = 0,
        });
        var points = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 4 };
        points.Points.AddRange(scores.Select((score, i) => new ScatterPoint(score.First, score.Second, value: degrees[i])));
        model.Series.Add(points);
        return model;
    }
}
