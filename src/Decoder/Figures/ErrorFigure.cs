using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Error of decoding against the actual angle: shows where on the circle a decoder fails.</summary>
public static class ErrorFigure
{
    /// <summary>One point per stimulus.</summary>
    /// <param name="actual">Degrees.</param>
    /// <param name="decoded">Degrees.</param>
    /// <param name="period">360 for direction, 180 for orientation.</param>
    /// <param name="isCircular">
    /// Whether to take errors on the circle. For a decoder that outputs degrees on a line, false shows its failure where 360 meets 0.
    /// </param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static PlotModel Create(
        ReadOnlySpan<float> actual, ReadOnlySpan<float> decoded, double period, bool isCircular, bool isSimulated)
    {
        var errors = CircularError.Signed(decoded, actual, period);
        var name = AngleName.Of(period);
        var model = FigureStyle.Create(
            $"Error of the decoded {name}, test set", isCircular ? $"on the circle of {period:0}°" : "not wrapped around the circle", isSimulated);
        model.Axes.Add(FigureStyle.CreateAngleAxis(AxisPosition.Bottom, $"actual {name} (degrees)", period));
        var axis = FigureStyle.CreateAxis(AxisPosition.Left, "error, decoded − actual (degrees)", grid: true);
        model.Axes.Add(axis);
        model.Annotations.Add(new LineAnnotation
        {
            Type = LineAnnotationType.Horizontal,
            Y = 0,
            Color = FigureStyle.Gray,
            LineStyle = LineStyle.Dash,
            StrokeThickness = 1.4,
            Layer = AnnotationLayer.BelowSeries,
        });
        var points = FigureStyle.CreatePoints();
        var largest = 1.0;
        for (var i = 0; i < errors.Length; i++)
        {
            var error = isCircular ? errors[i] : decoded[i] - (double)actual[i];
            points.Points.Add(new ScatterPoint(AngleName.Wrap(actual[i], period), error));
            largest = double.IsFinite(error) ? Math.Max(largest, Math.Abs(error)) : largest;
        }

        // Symmetric, so that a bias shows.
        (axis.Minimum, axis.Maximum) = (-1.1 * largest, 1.1 * largest);
        model.Series.Add(points);
        return model;
    }
}
