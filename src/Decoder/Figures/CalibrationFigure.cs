using System.Globalization;
using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>What a decoder says about its uncertainty against what holds.</summary>
internal static class CalibrationFigure
{
    /// <summary>A line through the bins, and the line on which a decoder that knows its uncertainty would lie.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <param name="isOfClasses">Whether it is of classes; else of intervals.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(Calibration calibration, bool isOfClasses, bool isSimulated)
    {
        var model = FigureStyle.Create(
            "Calibration of the predicted uncertainty",
            string.Create(CultureInfo.InvariantCulture, $"mean distance from the line {calibration.Error:0.000}"),
            isSimulated);
        model.Axes.Add(Axis(AxisPosition.Bottom, isOfClasses ? "predicted probability of the decoded class" : "predicted probability of the interval"));
        model.Axes.Add(Axis(AxisPosition.Left, isOfClasses ? "fraction decoded right" : "fraction of trials within the interval"));
        model.Annotations.Add(new LineAnnotation
        {
            Slope = 1,
            Color = FigureStyle.Gray,
            LineStyle = LineStyle.Dash,
            StrokeThickness = 1.4,
            Layer = AnnotationLayer.BelowSeries,
        });
        var line = new LineSeries { Color = FigureStyle.Blue, StrokeThickness = 2, MarkerType = MarkerType.Circle, MarkerSize = 4, MarkerFill = FigureStyle.Blue };
        line.Points.AddRange(calibration.Predicted.Zip(calibration.Observed, (predicted, observed) => new DataPoint(predicted, observed)));
        model.Series.Add(line);
        return model;
    }

    private static LinearAxis Axis(AxisPosition position, string title)
    {
        var axis = FigureStyle.CreateAxis(position, title, grid: true);
        (axis.Minimum, axis.Maximum, axis.MajorStep) = (-0.02, 1.02, 0.25);
        return axis;
    }
}
