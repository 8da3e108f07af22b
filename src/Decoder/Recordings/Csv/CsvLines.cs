using System.Text;

namespace Decoder.Recordings.Csv;

/// <summary>The lines of a text file as fields, one at a time and none longer than a table of numbers can have.</summary>
/// <param name="reader">The text.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class CsvLines(TextReader reader, string path)
{
    private const int MaximumLine = 1 << 26;

    private readonly StringBuilder _line = new();
    private readonly char[] _buffer = new char[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Number of the line last read, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>What stands between fields: a tab where the first line has one, else a semicolon where it has one, else a comma.</summary>
    public char Separator { get; private set; }

    /// <summary>The fields of the next line that is neither empty nor a comment; null at the end.</summary>
    /// <exception cref="RecordingException">The file is not text, or a line is longer than any.</exception>
    public List<string>? Next()
    {
        while (ReadLine() is { } line)
        {
            Number++;
            if (line.Contains('\0'))
            {
                throw new RecordingException($"{path}, line {Number}: a zero byte; the file is not text in UTF-8. Save it as CSV in UTF-8.");
            }

            if (string.IsNullOrWhiteSpace(line) || line[0] == '#')
            {
                continue;
            }

            if (Separator == 0)
            {
                Separator = Array.Find(['\t', ';'], candidate => line.Contains(candidate));
                Separator = Separator == 0 ? ',' : Separator;
            }

            return Split(line);
        }

        return null;
    }

    private List<string> Split(string line)
    {
        if (!line.Contains('"'))
        {
            return [.. line.Split(Separator).Select(field => field.Trim())];
        }

        // Quoted fields may have separators in them, and doubled quotes.
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (line[i] == Separator && !isQuoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        if (isQuoted)
        {
            throw new RecordingException($"{path}, line {Number}: a quotation mark is not closed.");
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }

    private string? ReadLine()
    {
        _line.Clear();
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, reader.Read(_buffer));
                if (_end == 0)
                {
                    return _line.Length > 0 ? _line.ToString() : null;
                }
            }

            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf('\n');
            _line.Append(length < 0 ? rest : rest[..length]);
            if (_line.Length > MaximumLine)
            {
                throw new RecordingException($"{path}, line {Number + 1} is longer than {MaximumLine} characters; this is no table. Write one trial per line.");
            }

            _start = length < 0 ? _end : _start + length + 1;
            if (length >= 0)
            {
                return _line is [.., '\r'] ? _line.ToString(0, _line.Length - 1) : _line.ToString();
            }
        }
    }
}
