using System.Globalization;
using Decoder.Evaluation;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Errors of two halves of a population on the same trials.</summary>
internal static class HalvesFigure
{
    /// <summary>One point per trial; axes to the 98th percentile of the errors' size.</summary>
    /// <param name="first">Signed errors of the one half, degrees.</param>
    /// <param name="second">Of the other.</param>
    /// <param name="correlation">Their rank correlation.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    public static PlotModel Create(double[] first, double[] second, double correlation, bool isSimulated)
    {
        var model = FigureStyle.Create(
            "Errors of two halves of the neurons",
            string.Create(CultureInfo.InvariantCulture, $"{first.Length} test trials; rank correlation {correlation:0.00}"),
            isSimulated);
        var limit = Math.Max(1e-3, 1.05 * Quantile.Of([.. first.Concat(second).Select(Math.Abs)], 0.98));
        foreach (var (position, name) in new[] { (AxisPosition.Bottom, "one half"), (AxisPosition.Left, "other half") })
        {
            var axis = FigureStyle.CreateAxis(position, $"error of the {name} (degrees)", grid: true);
            (axis.Minimum, axis.Maximum) = (-limit, limit);
            model.Axes.Add(axis);
        }

        var points = FigureStyle.CreatePoints();
        points.Points.AddRange(first.Zip(second, (x, y) => new ScatterPoint(x, y)));
        model.Series.Add(points);
        return model;
    }
}
