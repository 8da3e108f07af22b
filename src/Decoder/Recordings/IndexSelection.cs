using System.Globalization;
using System.Text.RegularExpressions;
using Decoder.Sampling;

namespace Decoder.Recordings;

/// <summary>Which of so many rows or neurons are meant.</summary>
internal static partial class IndexSelection
{
    /// <summary>Draws a number of indices, the same for the same seed and count.</summary>
    public static int[] Draw(int wanted, int count, ulong seed, ulong stream, string option)
    {
        if (wanted < 1 || wanted > count)
        {
            throw new RecordingException($"{option} {wanted}: between 1 and {count} can be drawn.");
        }

        var indices = Enumerable.Range(0, count).ToArray();
        new RandomStream(seed, stream).Shuffle(indices.AsSpan());
        Array.Sort(indices, 0, wanted);
        return indices[..wanted];
    }

    /// <summary>Whether a selection is written as a number alone, which is how many to draw.</summary>
    public static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether a selection is written as ranges.</summary>
    public static bool IsRanges(string text) => Ranges().IsMatch(text);

    /// <summary>The indices in ranges such as 0-99,250,300-; ascending.</summary>
    /// <exception cref="RecordingException">One is out of range, or named twice.</exception>
    public static int[] ParseRanges(string text, int count, string option)
    {
        var indices = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            var isGood = IsNumber(ends[0], out var first) & IsNumber(ends[^1].Length == 0 ? $"{count - 1}" : ends[^1], out var last);
            if (!isGood || first > last || last >= count)
            {
                throw new RecordingException($"{option} {text}: '{part}' is not within 0-{count - 1}. Indices are counted from 0.");
            }

            indices.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return InOrder(indices, $"{option} {text}");
    }

    /// <summary>The indices in an array of indices or of booleans; ascending.</summary>
    /// <exception cref="RecordingException">It is neither, or of another length.</exception>
    public static int[] FromArray(LoadedArray array, int count, string option)
    {
        if (!array.IsVector || array.Values.Length == 0)
        {
            throw new RecordingException($"{option}: {array.Name} has shape {ArrayLayout.FormatShape(array.Shape)}; a list of indices, or of {count} booleans, is needed.");
        }

        // A list of 0 and 1 that is as long as what it selects from cannot be one of indices, which are named once.
        var isMask = array.Kind == ElementKind.Boolean || (array.Values.Length == count && array.Values.All(value => value is 0 or 1));
        if (!isMask)
        {
            return InOrder(
                Array.ConvertAll(array.Values, value => value >= 0 && value < count && value == MathF.Floor(value)
                    ? (int)value
                    : throw new RecordingException(string.Create(
                        CultureInfo.InvariantCulture, $"{option}: {array.Name} has the value {value}; indices from 0 to {count - 1} are needed, or {count} booleans."))),
                $"{option}: {array.Name}");
        }

        if (array.Values.Length != count)
        {
            throw new RecordingException($"{option}: {array.Name} has {array.Values.Length} booleans; {count} are needed.");
        }

        int[] kept = [.. Enumerable.Range(0, count).Where(i => array.Values[i] != 0)];
        return kept.Length > 0 ? kept : throw new RecordingException($"{option}: all {count} booleans of {array.Name} are false, so that nothing is left.");
    }

    private static int[] InOrder(IEnumerable<int> indices, string what)
    {
        int[] sorted = [.. indices.Order()];
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
            {
                throw new RecordingException($"{what} names {sorted[i]} more than once.");
            }
        }

        return sorted;
    }

    [GeneratedRegex(@"^\d+(-\d*)?(,(\d+(-\d*)?)?)*$")]
    private static partial Regex Ranges();
}
