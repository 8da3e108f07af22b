using System.Globalization;
using Decoder.Curves;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Error of decoding against the number of neurons or of trials.</summary>
internal static class CurveFigure
{
    /// <summary>Means with their standard deviations over random subsets, and the fit.</summary>
    /// <param name="what">What is counted: neurons, or training trials.</param>
    /// <param name="curve">The curve.</param>
    /// <param name="decoder">What was refitted.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(string what, CurvesResult.Curve curve, string decoder, bool isSimulated)
    {
        var fit = curve.Fit is { } law
            ? string.Create(CultureInfo.InvariantCulture, $"; fitted from {curve.FittedFrom} on: {law.Alpha:0.00}° {(law.Beta < 0 ? "−" : "+")} {Math.Abs(law.Beta):0.0}° / √N")
            : "";
        var model = FigureStyle.Create($"Error and number of {what}", decoder + fit, isSimulated);
        model.Axes.Add(FigureStyle.CreateLogarithmicAxis(AxisPosition.Bottom, $"number of {what}, N"));
        model.Axes.Add(FigureStyle.CreateLogarithmicAxis(AxisPosition.Left, "median absolute error (degrees)", grid: true));
        if (curve.Fit is { } root)
        {
            var line = new LineSeries { Color = FigureStyle.Vermilion, StrokeThickness = 2 };
            var (first, last) = (Math.Log(curve.FittedFrom!.Value), Math.Log(curve.Points[^1].Count));
            line.Points.AddRange(Enumerable.Range(0, 101).Select(i => Math.Exp(first + (last - first) * i / 100)).Select(n => new DataPoint(n, root.At(n))).Where(point => point.Y > 0));
            model.Series.Add(line);
        }

        foreach (var point in curve.Points.Where(point => point.MedianAbsoluteErrorDegrees > 0))
        {
            var spread = new LineSeries { Color = FigureStyle.Blue, StrokeThickness = 2 };
            var (mean, deviation) = (point.MedianAbsoluteErrorDegrees, point.StandardDeviation);
            spread.Points.AddRange([new DataPoint(point.Count, Math.Max(mean - deviation, mean / 10)), new DataPoint(point.Count, mean + deviation)]);
            model.Series.Add(spread);
        }

        var points = FigureStyle.CreatePoints();
        points.MarkerSize = 4;
        points.Points.AddRange(curve.Points.Where(point => point.MedianAbsoluteErrorDegrees > 0).Select(point => new ScatterPoint(point.Count, point.MedianAbsoluteErrorDegrees)));
        model.Series.Add(points);
        return model;
    }
}
