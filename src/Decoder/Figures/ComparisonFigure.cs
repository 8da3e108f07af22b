using System.Globalization;
using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>The errors of several decoders beside each other.</summary>
public static class ComparisonFigure
{
    /// <summary>A point with its interval for each decoder, the first at the top, and a line at the error that nobody can fall below.</summary>
    /// <param name="errors">Name and absolute error, degrees, of each decoder.</param>
    /// <param name="ideal">The ideal observer's error; null where it is not known.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    /// <param name="statistic">What of the absolute errors it is.</param>
    /// <exception cref="ArgumentException">There are no decoders.</exception>
    public static PlotModel Create(IReadOnlyList<(string Name, Interval Error)> errors, double? ideal, bool isSimulated, string statistic = "median")
    {
        if (errors.Count == 0)
        {
            throw new ArgumentException("There are no decoders to compare.");
        }

        var model = FigureStyle.Create(
            $"{char.ToUpperInvariant(statistic[0])}{statistic[1..]} error of decoders",
            ideal is { } bound ? string.Create(CultureInfo.InvariantCulture, $"95 % intervals; dashed: ideal observer, {bound:0.00}°") : "95 % intervals",
            isSimulated);
        var axis = FigureStyle.CreateAxis(AxisPosition.Bottom, $"{statistic} absolute error (degrees)", grid: true);
        (axis.Minimum, axis.Maximum) = (0, Math.Max(1e-3, 1.08 * errors.Max(entry => entry.Error.High)));
        model.Axes.Add(axis);
        var names = new CategoryAxis
        {
            Position = AxisPosition.Left,
            StartPosition = 1,
            EndPosition = 0,
            TickStyle = TickStyle.None,
            GapWidth = 0,
        };
        names.Labels.AddRange(errors.Select(entry => entry.Name));
        model.Axes.Add(names);
        if (ideal is { } x)
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = x,
                Color = FigureStyle.Gray,
                LineStyle = LineStyle.Dash,
                StrokeThickness = 1.4,
                Layer = AnnotationLayer.BelowSeries,
            });
        }

        for (var i = 0; i < errors.Count; i++)
        {
            var color = i == 0 ? FigureStyle.Vermilion : FigureStyle.Blue;
            var interval = new LineSeries { Color = color, StrokeThickness = 2 };
            interval.Points.AddRange([new DataPoint(errors[i].Error.Low, i), new DataPoint(errors[i].Error.High, i)]);
            var point = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 5, MarkerFill = color };
            point.Points.Add(new ScatterPoint(errors[i].Error.Value, i));
            model.Series.Add(interval);
            model.Series.Add(point);
        }

        return model;
    }
}
