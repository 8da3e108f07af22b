using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>How well the stimulus can be decoded at each time around its onset.</summary>
internal static class TimeCourseFigure
{
    /// <summary>A point with its interval for each time bin, with lines at the onset and at chance.</summary>
    /// <param name="scores">The middle of each bin, seconds from the onset, and the score.</param>
    /// <param name="measure">What the scores are, for the axis.</param>
    /// <param name="chance">The score of guessing.</param>
    /// <param name="maximum">The axis ends here at least.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(IReadOnlyList<(double Seconds, Interval Score)> scores, string measure, double chance, double maximum, bool isSimulated)
    {
        var model = FigureStyle.Create("Decoding in the course of the response", "a decoder for each time bin, 95 % intervals; dashed: chance", isSimulated);
        var half = scores.Count > 1 ? (scores[1].Seconds - scores[0].Seconds) / 2 : 0.5;
        var times = FigureStyle.CreateAxis(AxisPosition.Bottom, "time from the onset of the stimulus (s)");
        (times.Minimum, times.Maximum) = (Math.Min(0, scores[0].Seconds - half), scores[^1].Seconds + half);
        model.Axes.Add(times);
        var values = FigureStyle.CreateAxis(AxisPosition.Left, measure, grid: true);
        (values.Minimum, values.Maximum) = (0, Math.Max(maximum, 1.05 * scores.Max(entry => entry.Score.High)));
        model.Axes.Add(values);
        model.Annotations.Add(Reference(LineAnnotationType.Horizontal, chance, LineStyle.Dash));
        model.Annotations.Add(Reference(LineAnnotationType.Vertical, 0, LineStyle.Solid));
        var band = new AreaSeries { Color = OxyColors.Transparent, Color2 = OxyColors.Transparent, Fill = OxyColor.FromAColor(50, FigureStyle.Blue) };
        var line = new LineSeries { Color = FigureStyle.Blue, StrokeThickness = 2, MarkerType = MarkerType.Circle, MarkerSize = 4, MarkerFill = FigureStyle.Blue };
        foreach (var (seconds, score) in scores)
        {
            band.Points.Add(new DataPoint(seconds, score.High));
            band.Points2.Add(new DataPoint(seconds, score.Low));
            line.Points.Add(new DataPoint(seconds, score.Value));
        }

        model.Series.Add(band);
        model.Series.Add(line);
        return model;
    }

    private static LineAnnotation Reference(LineAnnotationType type, double at, LineStyle style) => new()
    {
        Type = type,
        X = at,
        Y = at,
        Color = FigureStyle.Gray,
        LineStyle = style,
        StrokeThickness = 1.4,
        Layer = AnnotationLayer.BelowSeries,
    };
}
