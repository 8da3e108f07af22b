namespace Decoder.Figures;

/// <summary>An axis of a map of evenly spaced cells.</summary>
/// <param name="Title">What it is.</param>
/// <param name="First">Where the middle of the first cell is.</param>
/// <param name="Last">Where the middle of the last cell is.</param>
/// <param name="Step">Distance of ticks; NaN to choose one.</param>
/// <param name="Names">Names of the cells, in place of numbers; then the cells are at 0, 1, ...</param>
internal sealed record MapAxis(string Title, double First, double Last, double Step = double.NaN, IReadOnlyList<string>? Names = null)
{
    /// <summary>Cells with names.</summary>
    public static MapAxis Named(string title, IReadOnlyList<string> names) => new(title, 0, names.Count - 1, 1, names);

    /// <summary>Cells of angles.</summary>
    public static MapAxis Angles(string title, double[] degrees, double period) => new(title, degrees[0], degrees[^1], period / 4);

    /// <summary>Cells counted from 1 to <paramref name="count"/>, of which there may be fewer than there are things in them.</summary>
    public static MapAxis Counted(string title, int count) => new(title, 1, Math.Max(1, count));
}
