namespace Decoder.Simulation;

/// <summary>Which trials are averaged into which row: trials whose direction rounds to the same degree. Degrees without a trial have no row.</summary>
internal sealed class DegreeBins
{
    private DegreeBins(int[] rowOfTrial, int[] trialsInRow, float[] degreeOfRow) =>
        (RowOfTrial, TrialsInRow, DegreeOfRow) = (rowOfTrial, trialsInRow, degreeOfRow);

    public int[] RowOfTrial { get; }

    public int[] TrialsInRow { get; }

    public float[] DegreeOfRow { get; }

    public int Count => TrialsInRow.Length;

    public static DegreeBins Create(ReadOnlySpan<double> directions, int degrees)
    {
        var rows = new int[directions.Length];
        var counts = new int[degrees];
        for (var t = 0; t < directions.Length; t++)
        {
            // 359.5 and above rounds to 360, which is 0: the bins close around the circle.
            rows[t] = (int)Math.Floor(directions[t] + 0.5) % degrees;
            counts[rows[t]]++;
        }

        var rowOfDegree = new int[degrees];
        var kept = new List<int>(degrees);
        for (var degree = 0; degree < degrees; degree++)
        {
            if (counts[degree] > 0)
            {
                rowOfDegree[degree] = kept.Count;
                kept.Add(degree);
            }
        }

        for (var t = 0; t < rows.Length; t++)
        {
            rows[t] = rowOfDegree[rows[t]];
        }

        return new(rows, kept.Select(degree => counts[degree]).ToArray(), kept.Select(degree => (float)degree).ToArray());
    }
}
