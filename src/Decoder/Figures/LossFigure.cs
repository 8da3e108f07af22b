using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Loss on the training and the test set over the course of training.</summary>
public static class LossFigure
{
    /// <summary>Both axes begin at 0, as in the tutorial.</summary>
    /// <param name="train">Loss at iteration 0, 1, ...</param>
    /// <param name="test">Iteration and loss of each test; may be empty.</param>
    /// <param name="isSimulated">Whether the data are simulated.</param>
    /// <param name="iterationName">What an iteration is.</param>
    /// <param name="lossName">What the loss is, with its unit.</param>
    public static PlotModel Create(
        IReadOnlyList<double> train,
        IReadOnlyList<(int Iteration, double Loss)> test,
        bool isSimulated,
        string iterationName = "iterations of gradient descent",
        string lossName = "mean squared error")
    {
        var model = FigureStyle.Create("Learning curve", null, isSimulated);
        model.Legends.Add(FigureStyle.CreateLegend());
        var iterations = FigureStyle.CreateAxis(AxisPosition.Bottom, iterationName);
        (iterations.Minimum, iterations.Maximum) = (0, Math.Max(1, train.Count - 1));
        model.Axes.Add(iterations);
        var loss = FigureStyle.CreateAxis(AxisPosition.Left, lossName, grid: true);
        (loss.Minimum, loss.MaximumPadding) = (0, 0.05);
        model.Axes.Add(loss);
        AddLine(model, "training set", FigureStyle.Blue, train.Select((value, i) => (i, value)));
        if (test.Count > 0)
        {
            AddLine(model, "test set", FigureStyle.Vermilion, test);
        }

        return model;
    }

    private static void AddLine(PlotModel model, string name, OxyColor color, IEnumerable<(int Iteration, double Loss)> points)
    {
        var line = new LineSeries { Title = name, Color = color, StrokeThickness = 2, LineJoin = LineJoin.Round };
        line.Points.AddRange(points.Where(point => double.IsFinite(point.Loss)).Select(point => new DataPoint(point.Iteration, point.Loss)));
        model.Series.Add(line);
    }
}
