using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>A few rows of a representational dissimilarity matrix: how unlike one grating all others are.</summary>
internal static class DissimilarityRowsFigure
{
    private static readonly double[] Shown = [-75, -25, 25, 75];
    private static readonly OxyColor[] Colors = [FigureStyle.Blue, FigureStyle.Vermilion, FigureStyle.Green, FigureStyle.Gray];

    /// <summary>Draws the rows of the gratings nearest to -75, -25, 25 and 75 degrees.</summary>
    /// <param name="title">Whose representation it is.</param>
    /// <param name="matrix">Stimuli x stimuli.</param>
    /// <param name="degrees">The stimuli, ascending.</param>
    /// <param name="isSimulated">Whether the responses were simulated.</param>
    public static PlotModel Create(string title, double[,] matrix, double[] degrees, bool isSimulated)
    {
        var model = FigureStyle.Create(title, "dissimilarity to one grating of all others", isSimulated);
        model.Legends.Add(FigureStyle.CreateLegend());
        var angles = FigureStyle.CreateAxis(AxisPosition.Bottom, "orientation (degrees)");
        (angles.Minimum, angles.Maximum, angles.MajorStep) = (degrees[0], degrees[^1], 45);
        model.Axes.Add(angles);
        var values = FigureStyle.CreateAxis(AxisPosition.Left, "dissimilarity", grid: true);
        (values.Minimum, values.MaximumPadding) = (0, 0.05);
        model.Axes.Add(values);
        var rows = Shown.Select(angle => Nearest(degrees, angle)).Distinct().ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            var line = new LineSeries
            {
                Title = FormattableString.Invariant($"{degrees[rows[i]]:0.#}°"),
                Color = Colors[i],
                StrokeThickness = 1.8,
                LineJoin = LineJoin.Round,
            };
            for (var column = 0; column < degrees.Length; column++)
            {
                line.Points.Add(new DataPoint(degrees[column], matrix[rows[i], column]));
            }

            model.Series.Add(line);
        }

        return model;
    }

    private static int Nearest(double[] degrees, double angle) =>
        Enumerable.Range(0, degrees.Length).MinBy(i => Math.Abs(degrees[i] - angle));
}
