using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>A representational dissimilarity matrix as a heat map.</summary>
internal static class DissimilarityFigure
{
    /// <summary>Draws it with colours from 0, the same pattern, to the largest dissimilarity: what is compared between representations is where, not how much, they differ.</summary>
    /// <param name="title">Whose representation it is.</param>
    /// <param name="matrix">Stimuli x stimuli.</param>
    /// <param name="degrees">The stimuli, ascending and evenly spaced.</param>
    /// <param name="isSimulated">Whether the responses were simulated.</param>
    /// <param name="period">360 for directions, 180 for orientations.</param>
    public static PlotModel Create(string title, double[,] matrix, double[] degrees, bool isSimulated, double period = 180)
    {
        var model = FigureStyle.Create(title, null, isSimulated);
        model.PlotAreaBorderThickness = new OxyThickness(1);

        // Wide margins make the matrix a square.
        model.Padding = new OxyThickness(88, 12, 96, 12);
        model.Axes.Add(Angles(AxisPosition.Bottom, degrees, period));
        var down = Angles(AxisPosition.Left, degrees, period);
        (down.StartPosition, down.EndPosition) = (1, 0);
        model.Axes.Add(down);
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = OxyPalettes.Viridis(256),
            Minimum = 0,
            Maximum = Math.Max(1e-6, matrix.Cast<double>().Max()),
            Title = "dissimilarity",
            AxisTitleDistance = 12,
            AxisDistance = 14,
            MinorTickSize = 0,
        });
        model.Series.Add(new HeatMapSeries
        {
            Data = matrix,
            X0 = degrees[0],
            X1 = degrees[^1],
            Y0 = degrees[0],
            Y1 = degrees[^1],
            Interpolate = false,
            RenderMethod = matrix.Length <= MapFigure.MostRectangles ? HeatMapRenderMethod.Rectangles : HeatMapRenderMethod.Bitmap,
        });
        return model;
    }

    private static LinearAxis Angles(AxisPosition position, double[] degrees, double period)
    {
        var axis = FigureStyle.CreateAxis(position, $"{AngleName.Of(period)} (degrees)");
        var half = (degrees[^1] - degrees[0]) / (degrees.Length - 1) / 2;
        (axis.Minimum, axis.Maximum, axis.MajorStep) = (degrees[0] - half, degrees[^1] + half, period / 4);
        return axis;
    }
}
