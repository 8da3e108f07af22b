using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Activity along two principal components, coloured by the stimulus.</summary>
internal static class ComponentFigure
{
    /// <summary>One point per trial.</summary>
    /// <param name="title">Whose activity it is.</param>
    /// <param name="scores">Trials x 2.</param>
    /// <param name="explained">Fraction of the variance along each component.</param>
    /// <param name="stimuli">Degrees.</param>
    /// <param name="period">360 for direction, 180 for orientation.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(string title, double[][] scores, double[] explained, float[] stimuli, double period, bool isSimulated)
    {
        var model = FigureStyle.Create(title, $"{scores.Length} trials, test set", isSimulated);
        foreach (var (position, i) in new[] { (AxisPosition.Bottom, 0), (AxisPosition.Left, 1) })
        {
            var axis = FigureStyle.CreateAxis(position, string.Create(CultureInfo.InvariantCulture, $"component {i + 1} ({100 * explained[i]:0} % of the variance)"), grid: true);
            (axis.MinimumPadding, axis.MaximumPadding) = (0.05, 0.05);
            model.Axes.Add(axis);
        }

        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = CyclicPalette.Create(),
            Minimum = 0,
            Maximum = period,
            MajorStep = period / 4,
            Title = $"actual {AngleName.Of(period)} (degrees)",
            AxisTitleDistance = 12,
            AxisDistance = 14,
            MinorTickSize = 0,
        });
        var points = FigureStyle.CreatePoints();
        (points.MarkerFill, points.MarkerSize) = (OxyColors.Automatic, 3.5);
        points.Points.AddRange(scores.Select((score, i) => new ScatterPoint(score[0], score[1], value: AngleName.Wrap(stimuli[i], period))));
        model.Series.Add(points);
        return model;
    }
}
