using System.Globalization;
using System.Text;

namespace Decoder.Interpretation;

/// <summary>Matrices as CSV, the values behind a map.</summary>
internal static class MatrixTable
{
    /// <summary>One line for each first index, with its name in front; the first line has the names of the second indices.</summary>
    public static string Format(string corner, IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[,] values)
    {
        var text = new StringBuilder();
        text.Append(corner).Append(',').AppendJoin(',', columns).Append('\n');
        for (var row = 0; row < rows.Count; row++)
        {
            text.Append(rows[row]);
            for (var column = 0; column < columns.Count; column++)
            {
                // What is not known is left empty.
                var value = values[row, column];
                text.Append(',').Append(double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : "");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Numbers as names.</summary>
    public static string[] Names(IEnumerable<double> values) => [.. values.Select(value => value.ToString("0.###", CultureInfo.InvariantCulture))];

    /// <summary>1, 2, ... as names.</summary>
    public static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
