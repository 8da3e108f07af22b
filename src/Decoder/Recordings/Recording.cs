using System.Runtime.InteropServices;
using Decoder.Preprocessing;

namespace Decoder.Recordings;

/// <summary>
/// Responses of a population of neurons to stimuli of known direction. Immutable by convention: the arrays are shared, not copied, because
/// they can be hundreds of megabytes.
/// </summary>
public sealed class Recording
{
    /// <summary>Takes the arrays over after checking them.</summary>
    /// <param name="responses">Row-major, stimuli x neurons.</param>
    /// <param name="stimuli">Degrees, one per row of <paramref name="responses"/>, in [-360, 360].</param>
    /// <param name="source">Where the data are from, for people: a file name, or what was simulated.</param>
    /// <param name="isSimulated">Whether the data are simulated. Figures and reports must say so.</param>
    /// <param name="testStart">First row of the test set where the recording comes already split; null where it does not.</param>
    /// <exception cref="RecordingException">
    /// Empty; lengths that do not match; NaN or infinite values; stimuli that are not degrees; fewer than two different stimuli.
    /// </exception>
    public Recording(float[] responses, float[] stimuli, string source, bool isSimulated = false, int? testStart = null)
    {
        RecordingChecks.CheckShape(responses, stimuli, source);
        NeuronCount = responses.Length / stimuli.Length;
        RecordingChecks.CheckStimuli(stimuli, source);
        RecordingChecks.CheckResponses(responses, NeuronCount, source);
        if (testStart is { } start && (start < 1 || start >= stimuli.Length))
        {
            throw new RecordingException($"{source}: the test set starts at row {start} of {stimuli.Length}; both parts need at least one row.");
        }

        (Responses, Stimuli, Source, IsSimulated, TestStart) = (responses, stimuli, source, isSimulated, testStart);
    }

    /// <summary>Responses, row-major, <see cref="StimulusCount"/> x <see cref="NeuronCount"/>.</summary>
    public float[] Responses { get; }

    /// <summary>Stimulus of each row, degrees.</summary>
    public float[] Stimuli { get; }

    /// <summary>Number of rows: stimuli or, where every presentation is kept, trials.</summary>
    public int StimulusCount => Stimuli.Length;

    /// <summary>Number of neurons.</summary>
    public int NeuronCount { get; }

    /// <summary>Where the data are from, for people.</summary>
    public string Source { get; }

    /// <summary>Whether the data are simulated.</summary>
    public bool IsSimulated { get; }

    /// <summary>First row of the test set where the recording comes already split (arrays resp_train and resp_test); else null.</summary>
    public int? TestStart { get; }

    /// <summary>Responses without a stimulus, row-major, for normalization; null where there are none.</summary>
    public float[]? Spontaneous { get; init; }

    /// <summary>Which of the neurons of the file these are; null for all of them.</summary>
    public NeuronSubset? Subset { get; init; }

    /// <summary>What was decided in reading that somebody should know, such as that a matrix was transposed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The responses of all neurons in row <paramref name="row"/>.</summary>
    public ReadOnlySpan<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, StimulusCount);
        return MemoryMarshal.CreateReadOnlySpan(ref Responses[(long)row * NeuronCount], NeuronCount);
    }

    /// <summary>The rows named by <paramref name="rows"/>, in that order, as a matrix of their own and their stimuli.</summary>
    public (float[] Responses, float[] Stimuli) Select(ReadOnlySpan<int> rows)
    {
        var responses = GC.AllocateUninitializedArray<float>(checked(rows.Length * NeuronCount));
        var stimuli = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(responses.AsSpan(i * NeuronCount, NeuronCount));
            stimuli[i] = Stimuli[rows[i]];
        }

        return (responses, stimuli);
    }

    /// <summary>The responses of neuron <paramref name="neuron"/> to all stimuli.</summary>
    public float[] Neuron(int neuron)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(neuron);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neuron, NeuronCount);
        var responses = new float[StimulusCount];
        for (var row = 0; row < responses.Length; row++)
        {
            responses[row] = Responses[(long)row * NeuronCount + neuron];
        }

        return responses;
    }
}
