using System.Globalization;
using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>A matrix as a heat map.</summary>
internal static class MapFigure
{
    /// <summary>More cells than this make a bitmap: as rectangles they would make a large file.</summary>
    public const int MostRectangles = 1000;

    /// <summary>Draws a matrix of quantities from low to high, with colours from the 1st to the 99th percentile.</summary>
    /// <param name="title">What it is.</param>
    /// <param name="subtitle">What to know about it; may be null.</param>
    /// <param name="values">Across x down; what is NaN is left out.</param>
    /// <param name="across">The axis across.</param>
    /// <param name="down">The axis down, its first cell at the top.</param>
    /// <param name="quantity">What the colours stand for.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(string title, string? subtitle, double[,] values, MapAxis across, MapAxis down, string quantity, bool isSimulated)
    {
        var finite = Finite(values);
        return Create(title, subtitle, values, across, down, quantity, isSimulated, PinkPalette.Create(), Quantile.Of(finite, 0.01), Quantile.Of(finite, 0.99));
    }

    /// <summary>Draws a matrix of quantities around zero, which is white; colours go to the 99th percentile of the magnitudes.</summary>
    /// <inheritdoc cref="Create(string, string?, double[,], MapAxis, MapAxis, string, bool)"/>
    public static PlotModel CreateDiverging(string title, string? subtitle, double[,] values, MapAxis across, MapAxis down, string quantity, bool isSimulated)
    {
        var limit = Quantile.Of(Array.ConvertAll(Finite(values), Math.Abs), 0.99);
        return Create(title, subtitle, values, across, down, quantity, isSimulated, DivergingPalette.Create(), -limit, limit);
    }

    /// <summary>Draws a matrix of fractions, with colours from 0 to 1.</summary>
    /// <inheritdoc cref="Create(string, string?, double[,], MapAxis, MapAxis, string, bool)"/>
    public static PlotModel CreateFractions(string title, string? subtitle, double[,] values, MapAxis across, MapAxis down, string quantity, bool isSimulated) =>
        Create(title, subtitle, values, across, down, quantity, isSimulated, OxyPalettes.Viridis(256), 0, 1);

    /// <summary>The matrix with its indices exchanged.</summary>
    public static double[,] Transpose(double[,] matrix)
    {
        var transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (var row = 0; row < matrix.GetLength(0); row++)
        {
            for (var column = 0; column < matrix.GetLength(1); column++)
            {
                transposed[column, row] = matrix[row, column];
            }
        }

        return transposed;
    }

    private static PlotModel Create(
        string title, string? subtitle, double[,] values, MapAxis across, MapAxis down, string quantity, bool isSimulated, OxyPalette palette, double low, double high)
    {
        var model = FigureStyle.Create(title, subtitle, isSimulated);
        model.PlotAreaBorderThickness = new OxyThickness(1);
        model.Axes.Add(Axis(AxisPosition.Bottom, across, values.GetLength(0)));
        var vertical = Axis(AxisPosition.Left, down, values.GetLength(1));
        (vertical.StartPosition, vertical.EndPosition) = (1, 0);
        model.Axes.Add(vertical);
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = palette,
            Minimum = low,
            Maximum = high > low ? high : low + 1,
            Title = quantity,
            AxisTitleDistance = 12,
            AxisDistance = 14,
            MinorTickSize = 0,
            InvalidNumberColor = FigureStyle.GridColor,
        });
        model.Series.Add(new HeatMapSeries
        {
            Data = values,
            X0 = across.First,
            X1 = Last(across, values.GetLength(0)),
            Y0 = down.First,
            Y1 = Last(down, values.GetLength(1)),
            Interpolate = false,

            // Viewers blur the few large cells of a small bitmap.
            RenderMethod = values.Length <= MostRectangles ? HeatMapRenderMethod.Rectangles : HeatMapRenderMethod.Bitmap,
        });
        return model;
    }

    private static LinearAxis Axis(AxisPosition position, MapAxis map, int cells)
    {
        var axis = FigureStyle.CreateAxis(position, map.Title);
        var half = cells > 1 ? (map.Last - map.First) / (cells - 1) / 2 : 0.5;
        (axis.Minimum, axis.Maximum, axis.MajorStep) = (map.First - half, map.Last + half, map.Step);
        if (map.Names is { } names)
        {
            axis.LabelFormatter = value => value >= 0 && value < names.Count && double.IsInteger(value) ? names[(int)value] : "";
        }
        else if (double.IsNaN(map.Step))
        {
            // Neurons and units are whole.
            axis.LabelFormatter = value => double.IsInteger(value) ? value.ToString(CultureInfo.InvariantCulture) : "";
        }

        return axis;
    }

    /// <summary>One cell has no width of its own for OxyPlot.</summary>
    private static double Last(MapAxis axis, int cells) => cells > 1 ? axis.Last : axis.First;

    private static double[] Finite(double[,] values)
    {
        double[] finite = [.. values.Cast<double>().Where(double.IsFinite)];
        return finite.Length > 0 ? finite : [0];
    }
}
