using System.Globalization;
using Decoder.Sampling;
using Decoder.Terminal;

namespace Decoder.Sweeps;

/// <summary>All combinations of the values that a search tries.</summary>
internal sealed class SearchSpace(IReadOnlyList<SearchDimension> dimensions)
{
    /// <summary>More combinations than this are refused: such a search would not end.</summary>
    public const int MostTrials = 10_000;

    /// <summary>The stream of a seed that combinations are drawn from; those of training lie below.</summary>
    private const ulong DrawingStream = 1UL << 42;

    /// <summary>The combinations to try: all of them, or as many as are drawn.</summary>
    /// <param name="samples">How many to draw; null for all.</param>
    /// <param name="seed">Decides what is drawn.</param>
    /// <exception cref="InvalidInputException">There are too many, or a range is to be tried as a whole.</exception>
    public IReadOnlyList<string[]> Combinations(int? samples, ulong seed)
    {
        if (dimensions.FirstOrDefault(dimension => dimension.IsRange) is { } range)
        {
            return samples is { } count ? Draw(count, seed) : throw new InvalidInputException(
                $"--{range.Name} {range.Values[0]}: of a range values are drawn; say how many trials there are to be with --samples N, or give values.");
        }

        var size = dimensions.Aggregate(1.0, (product, dimension) => product * dimension.Values.Count);
        if (samples is null && size > MostTrials)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture, $"There are {size:N0} combinations, and at most {MostTrials:N0} are tried: give fewer values, or draw some with --samples N."));
        }

        return samples is not { } number || number >= size ? Grid() : Draw(number, seed);
    }

    /// <summary>The last option varies fastest.</summary>
    private List<string[]> Grid()
    {
        IEnumerable<string[]> combinations = [[]];
        foreach (var dimension in dimensions)
        {
            combinations = combinations.SelectMany(_ => dimension.Values, (before, value) => (string[])[.. before, value]);
        }

        return [.. combinations];
    }

    /// <summary>No combination twice.</summary>
    private List<string[]> Draw(int count, ulong seed)
    {
        var random = new RandomStream(seed, DrawingStream);
        var (drawn, known) = (new List<string[]>(), new HashSet<string>(StringComparer.Ordinal));

        // A range of whole numbers may have fewer than are asked for.
        for (var attempt = 0; drawn.Count < count && attempt < 100L * count; attempt++)
        {
            string[] combination = [.. dimensions.Select(dimension => dimension.Draw(random))];
            if (known.Add(string.Join('\n', combination)))
            {
                drawn.Add(combination);
            }
        }

        return drawn;
    }
}
