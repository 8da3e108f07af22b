using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>How neurons pull the decoded angle, by how far what they prefer is from the stimulus.</summary>
internal static class SaliencyProfileFigure
{
    /// <summary>A line through the means.</summary>
    /// <param name="offsets">Preferred angle less stimulus, degrees in [0, period), ascending.</param>
    /// <param name="gradients">Mean gradient of the decoded angle; what is NaN is left out.</param>
    /// <param name="period">360 for direction, 180 for orientation.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(double[] offsets, double[] gradients, double period, bool isSimulated)
    {
        var model = FigureStyle.Create("Pull of neurons on the decoded angle", "mean over test trials and neurons", isSimulated);
        var across = FigureStyle.CreateAxis(AxisPosition.Bottom, "preferred angle − stimulus (degrees)");
        (across.Minimum, across.Maximum, across.MajorStep) = (-period / 2, period / 2, period / 4);
        model.Axes.Add(across);
        var up = FigureStyle.CreateAxis(AxisPosition.Left, "gradient of the decoded angle (degrees per unit)", grid: true);
        (up.MinimumPadding, up.MaximumPadding) = (0.05, 0.05);
        model.Axes.Add(up);
        foreach (var (type, value) in new[] { (LineAnnotationType.Horizontal, 0.0), (LineAnnotationType.Vertical, 0.0) })
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = type,
                X = value,
                Y = value,
                Color = FigureStyle.Gray,
                LineStyle = LineStyle.Dash,
                StrokeThickness = 1.4,
                Layer = AnnotationLayer.BelowSeries,
            });
        }

        var line = new LineSeries { Color = FigureStyle.Blue, StrokeThickness = 2, MarkerType = MarkerType.Circle, MarkerSize = 2.5, MarkerFill = FigureStyle.Blue };
        var points = offsets.Zip(gradients).Where(point => double.IsFinite(point.Second))
            .Select(point => new DataPoint(point.First > period / 2 ? point.First - period : point.First, point.Second));
        line.Points.AddRange(points.OrderBy(point => point.X));
        model.Series.Add(line);
        return model;
    }
}
