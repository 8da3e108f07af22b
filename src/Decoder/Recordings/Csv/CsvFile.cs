using System.Globalization;
using System.IO.Enumeration;
using System.Text;

namespace Decoder.Recordings.Csv;

/// <summary>
/// A table of numbers as text: one trial per line, one neuron (or the stimulus) per column, separated by commas, semicolons or tabs, with or without a line of
/// names. Behind semicolons and tabs a decimal comma is understood. A column is an array; a name with a * stands for all columns it matches, as a matrix.
/// </summary>
internal sealed class CsvFile : IArrayFile
{
    private static readonly string[] StimulusNames = ["stimuli", "stimulus"];

    private readonly List<float[]> _rows = [];
    private readonly Dictionary<string, int> _columns = [];
    private readonly string[] _names;

    private CsvFile(string path, TextReader reader, long maximumBytes)
    {
        Path = path;
        var lines = new CsvLines(reader, path);
        var first = lines.Next() ?? throw new RecordingException($"{path}: the table is empty. Write one trial per line.");
        var hasNames = first.Any(field => field.Length > 0 && !TryParse(field, lines.Separator, out _));
        _names = [.. first.Select((field, i) => hasNames && field.Length > 0 ? field : $"column{i + 1}")];
        for (var i = 0; i < _names.Length; i++)
        {
            if (!_columns.TryAdd(_names[i], i))
            {
                throw new RecordingException($"{path}: two columns are called '{_names[i]}', and which one is meant is unknown; rename one.");
            }
        }

        // Data frames are often written with the number of the row in a first column without a name.
        HasRowNames = hasNames && first.Count > 1 && first[0].Length == 0;
        for (var fields = hasNames ? lines.Next() : first; fields is not null; fields = lines.Next())
        {
            if ((_rows.Count + 1L) * _names.Length * sizeof(float) > maximumBytes)
            {
                throw new RecordingException($"{path}: the table needs more than the limit of {maximumBytes / 1e9:F1} GB as float32. Keep fewer neurons or trials.");
            }

            _rows.Add(ParseRow(fields, lines));
        }

        if (_rows.Count == 0)
        {
            throw new RecordingException($"{path}: there is a line of names, but no line of numbers; a line for each trial is needed.");
        }

        Entries = [.. _names.Select((name, i) => new ArrayEntry(
            name, "column", [_rows.Count], IsReadable: true, HasRowNames && i == 0 ? "number of the row; not a neuron" : null))];
    }

    public string Path { get; }

    public IReadOnlyList<ArrayEntry> Entries { get; }

    /// <summary>Whether the first column has no name and numbers the rows.</summary>
    public bool HasRowNames { get; }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => _names.Length;

    /// <summary>The column called stimuli or stimulus; null where there is none.</summary>
    public string? StimulusColumn => Array.Find(_names, name => StimulusNames.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a file of this name is read as a table.</summary>
    public static bool IsCsv(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".TSV" or ".TXT";

    /// <summary>Reads a table.</summary>
    /// <exception cref="RecordingException">It is not one of numbers.</exception>
    public static CsvFile Open(string path, long maximumBytes)
    {
        using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: false));
        return new CsvFile(path, reader, maximumBytes);
    }

    public StoredArray OpenArray(string name)
    {
        var columns = Matching(name);
        if (columns.Length == 0)
        {
            throw new ArrayNotFoundException($"{Path}: there is no column '{name}'; there are {((IArrayFile)this).DescribeArrays()}.");
        }

        return name.Contains('*')
            ? OpenColumns(columns, $"{Path}: columns '{name}'")
            : new MemoryArray($"{Path}: column '{name}'", [_rows.Count], row => _rows[(int)row][columns[0]]);
    }

    /// <summary>All columns but those named and the one that numbers the rows, as a matrix of rows x columns.</summary>
    public StoredArray OpenAllBut(IEnumerable<string> names)
    {
        var left = names.ToHashSet();
        return OpenColumns(
            [.. Enumerable.Range(HasRowNames ? 1 : 0, ColumnCount - (HasRowNames ? 1 : 0)).Where(i => !left.Contains(_names[i]))], Path);
    }

    public bool Contains(string name) => Matching(name).Length > 0;

    public void Dispose()
    {
    }

    private int[] Matching(string name) => name.Contains('*')
        ? [.. Enumerable.Range(0, ColumnCount).Where(i => FileSystemName.MatchesSimpleExpression(name, _names[i], ignoreCase: false))]
        : _columns.TryGetValue(name, out var column) ? [column] : [];

    private MemoryArray OpenColumns(int[] columns, string title) => new(
        title, [_rows.Count, columns.Length], i => _rows[(int)(i / columns.Length)][columns[i % columns.Length]]);

    private float[] ParseRow(List<string> fields, CsvLines lines)
    {
        if (fields.Count != _names.Length)
        {
            throw new RecordingException($"{Path}, line {lines.Number} has {fields.Count} fields, but the first line {_names.Length}. Every line needs as many.");
        }

        var row = new float[fields.Count];
        for (var i = 0; i < row.Length; i++)
        {
            if (!TryParse(fields[i], lines.Separator, out row[i]))
            {
                var text = fields[i].Length > 40 ? fields[i][..40] + "..." : fields[i];
                throw new RecordingException(
                    $"{Path}, line {lines.Number}, column {i + 1} ('{_names[i]}'): '{text}' is not a number. Fields are separated by commas, semicolons or tabs; the decimal mark is a point.");
            }
        }

        return row;
    }

    /// <summary>A number; a field without anything is not a number, NaN.</summary>
    private static bool TryParse(string field, char separator, out float value)
    {
        if (field.Length == 0 || field.Equals("nan", StringComparison.OrdinalIgnoreCase) || field == "NA")
        {
            value = float.NaN;
            return true;
        }

        if (separator != ',' && field.Contains(',') && !field.Contains('.'))
        {
            field = field.Replace(',', '.');
        }

        return float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
