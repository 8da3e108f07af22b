using System.Globalization;
using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>The psychometric function of a decoder.</summary>
internal static class DiscriminationFigure
{
    /// <summary>Fractions of choices, the fit, and its threshold.</summary>
    /// <param name="discrimination">What was computed.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(Discrimination discrimination, bool isSimulated)
    {
        var threshold = discrimination.ThresholdDegrees;
        var model = FigureStyle.Create(
            "Discrimination of angles, test set",
            threshold is { } degrees ? string.Create(CultureInfo.InvariantCulture, $"75 % right at a difference of {degrees:0.00}°") : "75 % right is not reached",
            isSimulated);
        var differences = discrimination.Differences;
        var across = FigureStyle.CreateAxis(AxisPosition.Bottom, "angle − reference (degrees)");
        (across.Minimum, across.Maximum) = (differences[0], differences[^1]);
        model.Axes.Add(across);
        var up = FigureStyle.CreateAxis(AxisPosition.Left, "fraction 'to the right'", grid: true);
        (up.Minimum, up.Maximum, up.MajorStep) = (-0.02, 1.02, 0.25);
        model.Axes.Add(up);
        if (threshold is { } at)
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = at,
                Color = FigureStyle.Gray,
                LineStyle = LineStyle.Dash,
                StrokeThickness = 1.4,
                Layer = AnnotationLayer.BelowSeries,
            });
            var fit = new LineSeries { Color = FigureStyle.Vermilion, StrokeThickness = 2 };
            fit.Points.AddRange(Enumerable.Range(0, 201)
                .Select(i => differences[0] + (differences[^1] - differences[0]) * i / 200)
                .Select(difference => new DataPoint(difference, discrimination.Fitted(difference))));
            model.Series.Add(fit);
        }

        var points = FigureStyle.CreatePoints();
        points.Points.AddRange(differences.Zip(discrimination.ChoseRight, (difference, fraction) => new ScatterPoint(difference, fraction)));
        model.Series.Add(points);
        return model;
    }
}
