using System.Globalization;

namespace Decoder.Recordings;

/// <summary>
/// Parses the Python dictionary literal of a .npy header, <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (360, 23589), }</c>, and nothing
/// else of Python: exactly these three keys, each once.
/// </summary>
internal sealed class NpyHeaderParser(string text, string name)
{
    private const int MaximumDimensions = 32;

    private int _position;

    public ArrayLayout Parse()
    {
        string? type = null;
        bool? fortran = null;
        long[]? shape = null;
        Expect('{');
        while (Peek() != '}')
        {
            var key = ParseString();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = ParseType();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = ParseBoolean();
                    break;
                case "shape" when shape is null:
                    shape = ParseShape();
                    break;
                default:
                    throw Malformed($"unexpected or repeated key '{key}'");
            }

            if (Peek() != '}')
            {
                Expect(',');
            }
        }

        Expect('}');
        if (Peek() != '\0')
        {
            throw Malformed("text after the closing brace");
        }

        if (type is null || fortran is null || shape is null)
        {
            throw Malformed("'descr', 'fortran_order' and 'shape' are all needed");
        }

        return Build(type, fortran.Value, shape);
    }

    private ArrayLayout Build(string type, bool fortran, long[] shape)
    {
        var (kind, size) = type.Length < 2 ? default : (type[1], type[2..]);
        ElementKind? element = (kind, size) switch
        {
            ('f', "2" or "4" or "8") => ElementKind.Float,
            ('i', "1" or "2" or "4" or "8") => ElementKind.SignedInteger,
            ('u', "1" or "2" or "4" or "8") => ElementKind.UnsignedInteger,
            ('b', "1") => ElementKind.Boolean,
            ('O', _) => throw new RecordingException($"{name}: {PickleHint.ObjectArray}"),
            _ => null,
        };
        if (element is null || type[0] is not ('<' or '>' or '|' or '='))
        {
            throw new RecordingException(
                $"{name}: element type '{type}' is not read; booleans, integers and real numbers are. Convert with array.astype('float32').");
        }

        var bigEndian = type[0] == '>' || (type[0] != '<' && !BitConverter.IsLittleEndian);
        try
        {
            return new ArrayLayout(element.Value, size[0] - '0', bigEndian, fortran, shape);
        }
        catch (OverflowException e)
        {
            throw new RecordingException($"{name}: shape {ArrayLayout.FormatShape(shape)} has more elements than can be counted. The file is damaged.", e);
        }
    }

    private string ParseType()
    {
        if (Peek() == '[')
        {
            throw new RecordingException($"{name}: structured arrays are not read; save each field as an array of its own.");
        }

        return ParseString();
    }

    private bool ParseBoolean()
    {
        Peek();
        foreach (var (word, value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (text.AsSpan(_position).StartsWith(word))
            {
                _position += word.Length;
                return value;
            }
        }

        throw Malformed("'fortran_order' is neither True nor False");
    }

    private long[] ParseShape()
    {
        Expect('(');
        var dimensions = new List<long>();
        while (Peek() != ')')
        {
            var start = _position;
            while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            {
                _position++;
            }

            if (!long.TryParse(text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var dimension))
            {
                throw Malformed($"a dimension of the shape is not a non-negative integer, at character {start}");
            }

            if (_position < text.Length && text[_position] == 'L')
            {
                // Python 2 marked its long integers so.
                _position++;
            }

            dimensions.Add(dimension);
            if (dimensions.Count > MaximumDimensions)
            {
                throw Malformed($"more than {MaximumDimensions} dimensions");
            }

            if (Peek() != ')')
            {
                Expect(',');
            }
        }

        Expect(')');
        return [.. dimensions];
    }

    private string ParseString()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Malformed($"expected a quoted text at character {_position}");
        }

        var end = text.IndexOf(quote, _position + 1);
        if (end < 0)
        {
            throw Malformed("a quoted text does not end");
        }

        var value = text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    /// <summary>The next character that is not white space; '\0' at the end.</summary>
    private char Peek()
    {
        while (_position < text.Length && text[_position] is ' ' or '\n' or '\t')
        {
            _position++;
        }

        return _position < text.Length ? text[_position] : '\0';
    }

    private void Expect(char expected)
    {
        if (Peek() != expected)
        {
            throw Malformed($"expected '{expected}' at character {_position}");
        }

        _position++;
    }

    private RecordingException Malformed(string what) =>
        new($"{name}: malformed .npy header: {what}. The file is damaged; save it again with numpy.save.");
}
