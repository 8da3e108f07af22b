using System.Globalization;
using Decoder.Sweeps;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Decoder.Figures;

/// <summary>Validation error of all trials of a search against one of the searched options.</summary>
internal static class SweepFigure
{
    /// <summary>More values than this are drawn where they are on a scale, not side by side.</summary>
    private const int MostCategories = 12;

    /// <summary>One point per trial, and, where all were trained to their end, a line through the best of each value.</summary>
    /// <param name="option">The option, without its dashes.</param>
    /// <param name="result">The outcome.</param>
    /// <param name="configuration">What was searched.</param>
    public static PlotModel Create(string option, SweepResult result, SweepConfiguration configuration)
    {
        var trials = result.Trials.Where(trial => trial.Validation is not null).ToArray();
        var name = option.Replace('-', ' ');
        var model = FigureStyle.Create(
            $"Validation error and {name}", $"{trials.Length} trials; the best has {name} {result.Winner.Values[option]}", result.Data.Simulated);
        model.Legends.Add(FigureStyle.CreateLegend());
        var errors = Array.ConvertAll(trials, trial => configuration.SelectBy.Value(trial.Validation!));
        var positions = AddValueAxis(model, name, Array.ConvertAll(trials, trial => trial.Values[option]));
        AddErrorAxis(model, errors, configuration.SelectBy);

        // Trials that were trained for longer than others cannot be compared with them.
        var whole = trials.Max(trial => trial.Budget);
        var indices = Enumerable.Range(0, trials.Length).ToArray();
        if (trials.All(trial => trial.Budget == whole) && positions.Distinct().Count() <= MostCategories)
        {
            var best = new LineSeries { Title = "best of each value", Color = FigureStyle.Gray, StrokeThickness = 1.6 };
            best.Points.AddRange(indices.GroupBy(i => positions[i]).OrderBy(group => group.Key).Select(group => new DataPoint(group.Key, group.Min(i => errors[i]))));
            model.Series.Add(best);
        }

        void AddPoints(string title, Func<int, bool> which, Action<ScatterSeries>? style = null)
        {
            var points = FigureStyle.CreatePoints();
            (points.Title, points.MarkerSize) = (title, 4);
            style?.Invoke(points);
            points.Points.AddRange(indices.Where(which).Select(i => new ScatterPoint(positions[i], errors[i])));
            if (points.Points.Count > 0)
            {
                model.Series.Add(points);
            }
        }

        AddPoints("stopped early", i => trials[i].Budget < whole, points => points.MarkerFill = OxyColor.FromAColor(150, FigureStyle.Gray));
        AddPoints("trained to the end", i => trials[i].Budget == whole);
        AddPoints("chosen", i => trials[i].Trial == result.Winner.Trial, points => (points.MarkerType, points.MarkerSize, points.MarkerFill) = (MarkerType.Diamond, 7, FigureStyle.Vermilion));
        return model;
    }

    /// <summary>Adds the axis of the option's values.</summary>
    /// <returns>Where each value is on it.</returns>
    private static double[] AddValueAxis(PlotModel model, string name, string[] values)
    {
        var distinct = values.Distinct().ToArray();
        var numbers = Array.ConvertAll(distinct, value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
        if (distinct.Length <= MostCategories)
        {
            // Numbers ascending; of hidden layers 'none' is the least, and '100,50' comes after '100'.
            var order = Enumerable.Range(0, distinct.Length).OrderBy(i => Leading(distinct[i])).ThenBy(i => distinct[i].Length).ThenBy(i => distinct[i], StringComparer.Ordinal);
            string[] sorted = [.. order.Select(i => distinct[i])];
            var axis = FigureStyle.CreateAxis(AxisPosition.Bottom, name);
            (axis.Minimum, axis.Maximum, axis.MajorStep) = (-0.5, sorted.Length - 0.5, 1);
            axis.LabelFormatter = position => position >= 0 && position < sorted.Length && double.IsInteger(position) ? sorted[(int)position] : "";
            model.Axes.Add(axis);
            return Array.ConvertAll(values, value => (double)Array.IndexOf(sorted, value));
        }

        var isLogarithmic = numbers.All(number => number > 0) && numbers.Max() / numbers.Min() > 20;
        model.Axes.Add(isLogarithmic ? FigureStyle.CreateLogarithmicAxis(AxisPosition.Bottom, name) : Padded(FigureStyle.CreateAxis(AxisPosition.Bottom, name)));
        return Array.ConvertAll(values, value => numbers[Array.IndexOf(distinct, value)]);
    }

    private static double Leading(string value) =>
        double.TryParse(value.Split(',')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NegativeInfinity;

    private static void AddErrorAxis(PlotModel model, double[] errors, SelectionCriterion criterion)
    {
        var title = criterion == SelectionCriterion.Nll
            ? "negative log-likelihood, validation (nats)"
            : $"{criterion.ToString().ToLowerInvariant()} error, validation (degrees)";

        // Settings that hardly learn would press those that matter together.
        var isLogarithmic = errors.Min() > 0 && errors.Max() / errors.Min() > 8;
        model.Axes.Add(isLogarithmic
            ? FigureStyle.CreateLogarithmicAxis(AxisPosition.Left, title, grid: true)
            : Padded(FigureStyle.CreateAxis(AxisPosition.Left, title, grid: true)));
    }

    private static LinearAxis Padded(LinearAxis axis)
    {
        (axis.MinimumPadding, axis.MaximumPadding) = (0.05, 0.05);
        return axis;
    }
}
