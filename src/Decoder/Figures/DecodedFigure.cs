using System.Globalization;
using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Decoded against actual angle on the test set.</summary>
public static class DecodedFigure
{
    /// <summary>One point per stimulus, and the line on which a perfect decoder's would lie.</summary>
    /// <param name="actual">Degrees.</param>
    /// <param name="decoded">Degrees; a decoder of unbounded angles may leave the range of the actual ones, and the axis follows.</param>
    /// <param name="period">360 for direction, 180 for orientation.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static PlotModel Create(ReadOnlySpan<float> actual, ReadOnlySpan<float> decoded, double period, bool isSimulated)
    {
        var metrics = RegressionMetrics.Compute(decoded, actual, period);
        var name = AngleName.Of(period);
        var model = FigureStyle.Create(
            $"Decoded {name}, test set",
            string.Create(CultureInfo.InvariantCulture, $"median error {metrics.MedianAbsoluteError:0.0}°, {actual.Length} stimuli"),
            isSimulated);
        model.Axes.Add(FigureStyle.CreateAngleAxis(AxisPosition.Bottom, $"actual {name} (degrees)", period));
        model.Axes.Add(CreateDecodedAxis(decoded, name, period));
        model.Annotations.Add(new LineAnnotation
        {
            Slope = 1,
            Intercept = 0,
            Color = FigureStyle.Gray,
            LineStyle = LineStyle.Dash,
            StrokeThickness = 1.4,
            Layer = AnnotationLayer.BelowSeries,
        });
        var points = FigureStyle.CreatePoints();
        for (var i = 0; i < actual.Length; i++)
        {
            points.Points.Add(new ScatterPoint(AngleName.Wrap(actual[i], period), decoded[i]));
        }

        model.Series.Add(points);
        return model;
    }

    private static LinearAxis CreateDecodedAxis(ReadOnlySpan<float> decoded, string name, double period)
    {
        var axis = FigureStyle.CreateAngleAxis(AxisPosition.Left, $"decoded {name} (degrees)", period);
        foreach (var angle in decoded)
        {
            if (float.IsFinite(angle))
            {
                (axis.Minimum, axis.Maximum) = (Math.Min(axis.Minimum, angle - 5), Math.Max(axis.Maximum, angle + 5));
            }
        }

        // A decoder that has gone astray must not force thousands of ticks.
        if (axis.Maximum - axis.Minimum > 4 * period)
        {
            axis.MajorStep = double.NaN;
        }

        return axis;
    }
}
