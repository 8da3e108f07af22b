using System.Globalization;
using Decoder.Recordings;
using Decoder.Sampling;

namespace Decoder.Evaluation;

/// <summary>Which rows of a recording a decoder learns from and which it is judged on.</summary>
/// <param name="Train">Rows of the training set, in the order in which they are to be used.</param>
/// <param name="Test">Rows of the test set.</param>
public sealed record DataSplit(int[] Train, int[] Test)
{
    /// <summary>
    /// A random split, as the tutorial makes it: shuffle all rows, then take the first for training and the rest for testing. 360 rows and a
    /// fraction of 0.4 give 216 and 144.
    /// </summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="testFraction">Fraction of the rows to test on, in (0, 1). The training set has floor(count (1 - testFraction)) rows.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentException">One of the two parts would be empty.</exception>
    public static DataSplit Shuffled(int count, double testFraction, ulong seed)
    {
        // The small term keeps 360 * (1 - 0.4), which is 215.99999999999997 in floating point, at 216.
        var train = testFraction is > 0 and < 1 ? (int)Math.Floor(count * (1 - testFraction) + 1e-9) : 0;
        if (train < 1 || train >= count)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"A test fraction of {testFraction} of {count} rows leaves {Math.Max(train, 0)} to train on; ")
                + "both parts need at least 1 row. Choose a fraction in (0, 1), such as 0.4.");
        }

        var rows = ShuffledRows(count, seed);
        return new(rows[..train], rows[train..]);
    }

    /// <summary>The split that a recording comes with, and else a shuffled one.</summary>
    /// <inheritdoc cref="Shuffled"/>
    public static DataSplit Of(Recording recording, double testFraction, ulong seed) => recording.TestStart is { } start
        ? new([.. Enumerable.Range(0, start)], [.. Enumerable.Range(start, recording.StimulusCount - start)])
        : Shuffled(recording.StimulusCount, testFraction, seed);

    /// <summary>The split of Stringer et al. (2021): every fourth trial, from the first on, is a test trial.</summary>
    /// <param name="count">Number of trials.</param>
    /// <exception cref="ArgumentException">There are fewer than three trials, which leaves too few to train on.</exception>
    public static DataSplit EveryFourth(int count) => count >= 3
        ? new([.. Enumerable.Range(0, count).Where(row => row % 4 != 0)], [.. Enumerable.Range(0, count).Where(row => row % 4 == 0)])
        : throw new ArgumentException($"Of {count} rows every fourth cannot be set aside; at least 3 are needed.");

    /// <summary>
    /// Cross-validation: shuffled rows in <paramref name="folds"/> parts whose sizes differ by at most one; each part is the test set once. The rows of a stimulus that was
    /// shown repeatedly are dealt out evenly (stratified): else a fold could test what it has hardly seen in training.
    /// </summary>
    /// <param name="stimuli">Stimulus of each row.</param>
    /// <param name="folds">Number of parts, from 2 to the number of rows.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <exception cref="ArgumentException">The number of folds is out of range.</exception>
    public static DataSplit[] Folds(ReadOnlySpan<float> stimuli, int folds, ulong seed)
    {
        var count = stimuli.Length;
        if (folds < 2 || folds > count)
        {
            throw new ArgumentException($"{folds} folds of {count} rows are not possible; choose between 2 and {count}.");
        }

        // Groups in the order in which the shuffled rows first name them; where no stimulus repeats this is just the shuffled order.
        var shown = stimuli.ToArray();
        var dealt = ShuffledRows(count, seed).GroupBy(row => shown[row]).SelectMany(group => group).ToArray();
        var splits = new DataSplit[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            var part = fold;
            splits[fold] = new(
                [.. dealt.Where((_, position) => position % folds != part)], [.. dealt.Where((_, position) => position % folds == part)]);
        }

        return splits;
    }

    private static int[] ShuffledRows(int count, ulong seed)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        new RandomStream(seed).Shuffle(rows.AsSpan());
        return rows;
    }
}
