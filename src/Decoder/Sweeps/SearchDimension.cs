using System.Globalization;
using Decoder.Sampling;
using Decoder.Terminal;

namespace Decoder.Sweeps;

/// <summary>An option of which a search tries several values.</summary>
internal sealed class SearchDimension
{
    private const string RangeMark = "..";

    private readonly SearchScale _scale;
    private readonly (double Low, double High)? _range;

    /// <summary>Takes the values as they were given.</summary>
    /// <param name="name">The option without its dashes.</param>
    /// <param name="scale">What its values are.</param>
    /// <param name="values">Values, or one range such as <c>1e-4..1e-1</c>.</param>
    /// <exception cref="InvalidInputException">A value is given twice, or a range is none.</exception>
    public SearchDimension(string name, SearchScale scale, IReadOnlyList<string> values)
    {
        (Name, Values, _scale) = (name, values, scale);
        var ranges = values.Count(value => value.Contains(RangeMark, StringComparison.Ordinal));
        if (ranges > 0)
        {
            _range = ranges == 1 && values.Count == 1 ? Range(values[0]) : throw new InvalidInputException(
                $"--{name} {string.Join(' ', values)}: give either values or one range.");
        }
        else if (values.GroupBy(value => value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidInputException($"--{name} {twice.Key} is there twice; each value is tried once.");
        }
    }

    /// <summary>The option without its dashes.</summary>
    public string Name { get; }

    /// <summary>The values; of a range the range.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether it is a range, of which values can only be drawn.</summary>
    public bool IsRange => _range is not null;

    /// <summary>Draws a value.</summary>
    public string Draw(RandomStream random)
    {
        if (_range is not var (low, high))
        {
            return Values[random.NextInt32(Values.Count)];
        }

        var drawn = _scale == SearchScale.Linear
            ? low + (high - low) * random.NextDouble()
            : low * Math.Pow(high / low, random.NextDouble());
        return _scale == SearchScale.Integer
            ? Math.Round(drawn).ToString(CultureInfo.InvariantCulture)
            : drawn.ToString("G3", CultureInfo.InvariantCulture);
    }

    private (double Low, double High) Range(string text)
    {
        var parts = text.Split(RangeMark);
        var least = _scale switch { SearchScale.Integer => 1, SearchScale.Logarithmic => double.Epsilon, _ => double.NegativeInfinity };
        if (_scale != SearchScale.Name && parts.Length == 2 && Number(parts[0], out var low) && Number(parts[1], out var high) && least <= low && low < high)
        {
            return (low, high);
        }

        throw new InvalidInputException($"--{Name} {text}: " + _scale switch
        {
            SearchScale.Name => "names have no range; write those to try.",
            SearchScale.Integer => "a range of whole numbers from 1 on is needed, the smaller first, such as 10..200.",
            SearchScale.Logarithmic => "a range of positive numbers is needed, since their logarithms are drawn, the smaller first, such as 1e-4..1e-1.",
            _ => "a range of two numbers is needed, the smaller first, such as 0..0.8.",
        });
    }

    private bool Number(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value) && (_scale != SearchScale.Integer || double.IsInteger(value));
}
