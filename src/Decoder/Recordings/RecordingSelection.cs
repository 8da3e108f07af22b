using System.Globalization;
using Decoder.Preprocessing;

namespace Decoder.Recordings;

/// <summary>Takes the rows and neurons of a recording that the options choose.</summary>
/// <param name="file">Where the arrays are that the options name.</param>
/// <param name="options">What to keep.</param>
/// <param name="maximumBytes">Refuse arrays that take more memory than this.</param>
internal sealed class RecordingSelection(IArrayFile file, ReadingOptions options, long maximumBytes)
{
    /// <summary>Streams of the seed; those of training have other numbers.</summary>
    private const ulong TrialStream = 1UL << 41;

    private const ulong NeuronStream = TrialStream + 1;

    /// <summary>Selects; what was selected is noted.</summary>
    /// <exception cref="RecordingException">A selection does not fit, or leaves nothing.</exception>
    public RawRecording Apply(RawRecording raw, List<string> notes)
    {
        if (options.TakesAll)
        {
            return raw;
        }

        var (spontaneousRows, spontaneous) = Spontaneous(raw);
        var rows = Select(options.Trials, "--trials", raw.Rows, TrialStream) ?? [.. Enumerable.Range(0, raw.Rows)];
        if (options.Keep != Behaviour.All)
        {
            rows = KeepBehaviour(rows, raw.Rows, notes);
        }

        if (spontaneousRows.Length > 0)
        {
            rows = [.. rows.Except(spontaneousRows)];
        }

        if (rows.Length == 0)
        {
            throw new RecordingException($"{file.Path}: no trial is left of {raw.Rows}. Choose other --trials, or another --running-threshold.");
        }

        if (raw.TestStart is { } start && (rows[0] >= start || rows[^1] < start))
        {
            throw new RecordingException($"{file.Path}: the trials that are left are all of the {(rows[0] >= start ? "test" : "training")} set. Choose other trials.");
        }

        var neurons = Select(options.Neurons, "--neurons", raw.Neurons, NeuronStream);
        var subset = neurons is null ? null : new NeuronSubset(neurons, raw.Neurons);
        if (rows.Length < raw.Rows || subset is not null)
        {
            notes.Add($"{file.Path}: {rows.Length} of {raw.Rows} trials and {subset?.Indices.Count ?? raw.Neurons} of {raw.Neurons} neurons are taken");
        }

        return new RawRecording(
            Take(raw.Responses, raw.Neurons, rows, subset),
            rows.Length,
            raw.Stimuli is null ? null : Array.ConvertAll(rows, row => raw.Stimuli[row]),
            raw.TestStart is null ? null : rows.Count(row => row < raw.TestStart),
            raw.IsSimulated)
        {
            Spontaneous = spontaneous is not null ? subset?.Take(spontaneous) ?? spontaneous
                : spontaneousRows.Length > 0 ? Take(raw.Responses, raw.Neurons, spontaneousRows, subset)
                : null,
            Subset = subset,
        };
    }

    /// <summary>The responses without a stimulus: rows of the recording, or an array of their own.</summary>
    private (int[] Rows, float[]? Responses) Spontaneous(RawRecording raw)
    {
        const string Option = "--spontaneous";
        if (options.Spontaneous is not { } text)
        {
            return ([], null);
        }

        if (IndexSelection.IsRanges(text) && !File.Exists(text))
        {
            return (IndexSelection.ParseRanges(text, raw.Rows, Option), null);
        }

        var array = LoadedArray.Read(file, text, Option, maximumBytes);
        if (array.IsVector)
        {
            return (IndexSelection.FromArray(array, raw.Rows, Option), null);
        }

        if (array.Shape is not [var first, var second] || (first != raw.Neurons && second != raw.Neurons))
        {
            throw new RecordingException(
                $"{Option}: {array.Name} has shape {ArrayLayout.FormatShape(array.Shape)}; times x {raw.Neurons} neurons are needed, or a selection of rows.");
        }

        RecordingChecks.CheckResponses(array.Values, (int)second, array.Name);
        return ([], second == raw.Neurons ? array.Values : Transpose(array.Values, (int)first, (int)second));
    }

    private int[] KeepBehaviour(int[] rows, int count, List<string> notes)
    {
        if (options.Running is not { } reference)
        {
            throw new RecordingException("--keep needs the running speeds: --running PATH, an array with one speed per row.");
        }

        var speeds = LoadedArray.Read(file, reference, "--running", maximumBytes);
        if (!speeds.IsVector || speeds.Values.Length != count)
        {
            throw new RecordingException(
                $"--running: {speeds.Name} has shape {ArrayLayout.FormatShape(speeds.Shape)}; one speed for each of the {count} rows is needed.");
        }

        var bad = Array.FindIndex(rows, row => float.IsNaN(speeds.Values[row]));
        if (bad >= 0)
        {
            throw new RecordingException($"--running: the speed in row {rows[bad]} of {speeds.Name} is not a number. Leave such rows out with --trials.");
        }

        var threshold = speeds.Kind == ElementKind.Boolean ? 0.5 : options.RunningThreshold;
        int[] running = [.. rows.Where(row => Math.Abs(speeds.Values[row]) > threshold)];
        notes.Add(string.Create(
            CultureInfo.InvariantCulture, $"{file.Path}: the animal runs (above {threshold}) in {running.Length} of {rows.Length} trials; the {(options.Keep == Behaviour.Running ? "running" : "still")} ones are kept"));
        return options.Keep == Behaviour.Running ? running : [.. rows.Except(running)];
    }

    private int[]? Select(string? text, string option, int count, ulong stream)
    {
        if (text is null)
        {
            return null;
        }

        if (File.Exists(text))
        {
            return IndexSelection.FromArray(LoadedArray.Read(file, text, option, maximumBytes), count, option);
        }

        return IndexSelection.IsNumber(text, out var wanted) ? IndexSelection.Draw(wanted, count, options.SubsetSeed, stream, option)
            : IndexSelection.IsRanges(text) ? IndexSelection.ParseRanges(text, count, option)
            : IndexSelection.FromArray(LoadedArray.Read(file, text, option, maximumBytes), count, option);
    }

    private static float[] Take(float[] responses, int neurons, int[] rows, NeuronSubset? subset)
    {
        var width = subset?.Indices.Count ?? neurons;
        var taken = GC.AllocateUninitializedArray<float>(checked(rows.Length * width));
        for (var i = 0; i < rows.Length; i++)
        {
            var source = responses.AsSpan(rows[i] * neurons, neurons);
            var target = taken.AsSpan(i * width, width);
            if (subset is null)
            {
                source.CopyTo(target);
            }
            else
            {
                subset.Take(source, target);
            }
        }

        return taken;
    }

    private static float[] Transpose(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }

        return transposed;
    }
}
