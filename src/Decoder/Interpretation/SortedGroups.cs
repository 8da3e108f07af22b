namespace Decoder.Interpretation;

/// <summary>Neurons or units in the order of a key, in groups of neighbours that are averaged where there are more than a figure can show.</summary>
public sealed class SortedGroups
{
    private readonly int[] _order;

    /// <summary>Sorts.</summary>
    /// <param name="keys">What to sort by, ascending; equal ones stay in their order.</param>
    /// <param name="most">The most groups.</param>
    public SortedGroups(double[] keys, int most)
    {
        _order = [.. Enumerable.Range(0, keys.Length).OrderBy(i => keys[i])];
        Count = Math.Min(most, keys.Length);
    }

    /// <summary>Number of groups.</summary>
    public int Count { get; }

    /// <summary>The sorted indices.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>The indices of a group.</summary>
    public ReadOnlySpan<int> this[int group] => _order.AsSpan(Start(group)..Start(group + 1));

    /// <summary>Averages columns over the groups.</summary>
    /// <param name="values">Rows x as many columns as there are keys.</param>
    /// <returns>Rows x groups.</returns>
    public double[,] AverageColumns(double[,] values)
    {
        var averages = new double[values.GetLength(0), Count];
        for (var row = 0; row < values.GetLength(0); row++)
        {
            for (var group = 0; group < Count; group++)
            {
                var sum = 0.0;
                foreach (var column in this[group])
                {
                    sum += values[row, column];
                }

                averages[row, group] = sum / this[group].Length;
            }
        }

        return averages;
    }

    private int Start(int group) => (int)((long)group * _order.Length / Count);
}
