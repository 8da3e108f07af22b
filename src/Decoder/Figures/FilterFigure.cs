using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>The filters of a convolution, side by side: before training above, after it below.</summary>
internal static class FilterFigure
{
    /// <summary>Draws square filters.</summary>
    /// <param name="before">The filters before training, one after the other, row-major.</param>
    /// <param name="after">The filters after training.</param>
    /// <param name="size">Height and width of each.</param>
    /// <param name="isSimulated">Whether the responses were simulated.</param>
    public static PlotModel Create(ReadOnlySpan<float> before, ReadOnlySpan<float> after, int size, bool isSimulated)
    {
        var count = before.Length / (size * size);
        var tile = size + 1;
        var mosaic = new double[count * tile - 1, 2 * tile - 1];
        for (var i = 0; i < mosaic.GetLength(0); i++)
        {
            for (var j = 0; j < mosaic.GetLength(1); j++)
            {
                mosaic[i, j] = double.NaN;
            }
        }

        var largest = 0.0;
        for (var filter = 0; filter < count; filter++)
        {
            for (var y = 0; y < size; y++)
            {
                for (var x = 0; x < size; x++)
                {
                    var at = (filter * size + y) * size + x;
                    mosaic[filter * tile + x, y] = before[at];
                    mosaic[filter * tile + x, tile + y] = after[at];
                    largest = Math.Max(largest, Math.Max(Math.Abs(before[at]), Math.Abs(after[at])));
                }
            }
        }

        var model = FigureStyle.Create("Convolution filters", "above: before training, below: after training", isSimulated);
        model.PlotAreaBorderThickness = new OxyThickness(0);
        model.PlotType = PlotType.Cartesian;
        model.Axes.Add(Hidden(AxisPosition.Bottom, count * tile - 1));
        var down = Hidden(AxisPosition.Left, 2 * tile - 1);
        (down.StartPosition, down.EndPosition) = (1, 0);
        model.Axes.Add(down);
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Palette = DivergingPalette.Create(),
            Minimum = -largest,
            Maximum = largest,
            InvalidNumberColor = OxyColors.Transparent,
            Title = "weight",
            AxisTitleDistance = 12,
            AxisDistance = 14,
            MinorTickSize = 0,
        });
        model.Series.Add(new HeatMapSeries
        {
            Data = mosaic,
            X0 = 0,
            X1 = mosaic.GetLength(0) - 1,
            Y0 = 0,
            Y1 = mosaic.GetLength(1) - 1,
            Interpolate = false,
            RenderMethod = HeatMapRenderMethod.Rectangles,
        });
        return model;
    }

    private static LinearAxis Hidden(AxisPosition position, int count) => new()
    {
        Position = position,
        Minimum = -0.5,
        Maximum = count - 0.5,
        IsAxisVisible = false,
    };
}
