using Decoder.Recordings;

namespace Decoder.Preprocessing;

/// <summary>Rows of responses as preprocessing leaves them, read a few at a time: a recording is hundreds of megabytes, of which no second copy is made.</summary>
public sealed class ResponseRows
{
    private readonly ReadOnlyMemory<float> _responses;
    private readonly int[]? _rows;
    private readonly IPreprocessingStep[] _steps;

    /// <summary>All rows of a matrix.</summary>
    /// <param name="responses">Row-major, rows x neurons.</param>
    /// <param name="neurons">Number of neurons.</param>
    /// <param name="steps">What is done to them.</param>
    /// <exception cref="ArgumentException">A step is for another number of neurons.</exception>
    public ResponseRows(ReadOnlyMemory<float> responses, int neurons, params IEnumerable<IPreprocessingStep> steps)
        : this(responses, neurons, rows: null, [.. steps])
    {
    }

    /// <summary>Some rows of a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="rows">Which of its rows, in which order.</param>
    /// <param name="steps">What is done to them.</param>
    /// <exception cref="ArgumentException">The recording does not have such a row, or a step is for another number of neurons.</exception>
    public ResponseRows(Recording recording, ReadOnlySpan<int> rows, params IEnumerable<IPreprocessingStep> steps)
        : this(recording.Responses, recording.NeuronCount, rows.ToArray(), [.. steps])
    {
        foreach (var row in rows)
        {
            if (row < 0 || row >= recording.StimulusCount)
            {
                throw new ArgumentException($"There is no row {row}; the recording has rows 0 to {recording.StimulusCount - 1}.", nameof(rows));
            }
        }
    }

    private ResponseRows(ReadOnlyMemory<float> responses, int neurons, int[]? rows, IPreprocessingStep[] steps)
    {
        if (Array.Find(steps, step => step.NeuronCount != neurons) is { } other)
        {
            throw new ArgumentException($"The preprocessing is for {other.NeuronCount} neurons; the responses have {neurons}.", nameof(steps));
        }

        (_responses, NeuronCount, _rows, _steps) = (responses, neurons, rows, steps);
        Count = rows?.Length ?? responses.Length / neurons;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Number of neurons.</summary>
    public int NeuronCount { get; }

    /// <summary>Copies consecutive rows, as many as <paramref name="destination"/> has room for, and preprocesses them there.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="destination">A multiple of the number of neurons.</param>
    public void Read(int first, Span<float> destination)
    {
        for (var i = 0; i < destination.Length / NeuronCount; i++)
        {
            Row(first + i).CopyTo(destination[(i * NeuronCount)..]);
        }

        Preprocess(destination);
    }

    /// <summary>Copies some rows and preprocesses them.</summary>
    /// <param name="rows">Which, from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">As many rows.</param>
    public void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(destination[(i * NeuronCount)..]);
        }

        Preprocess(destination);
    }

    /// <summary>Goes through all rows, one after the other.</summary>
    internal void ForEach(Action<float[]> visit)
    {
        var row = new float[NeuronCount];
        for (var i = 0; i < Count; i++)
        {
            Read(i, row);
            visit(row);
        }
    }

    /// <summary>The mean of each neuron over all rows.</summary>
    internal float[] Mean()
    {
        var sums = new double[NeuronCount];
        ForEach(row =>
        {
            for (var i = 0; i < row.Length; i++)
            {
                sums[i] += row[i];
            }
        });
        return Array.ConvertAll(sums, sum => (float)(sum / Count));
    }

    private ReadOnlySpan<float> Row(int i)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, Count);
        return _responses.Span.Slice((_rows?[i] ?? i) * NeuronCount, NeuronCount);
    }

    private void Preprocess(Span<float> responses)
    {
        foreach (var step in _steps)
        {
            step.Apply(responses);
        }
    }
}
