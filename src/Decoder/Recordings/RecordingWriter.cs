using Autodiff;

namespace Decoder.Recordings;

/// <summary>Writes recordings as the .npz files that <see cref="RecordingReader"/> and NumPy read.</summary>
public static class RecordingWriter
{
    /// <summary>The array that marks simulated data.</summary>
    internal const string SimulatedName = "simulated";

    /// <summary>
    /// Writes <c>resp</c> and <c>stimuli</c>, or <c>resp_train</c>, <c>resp_test</c> and <c>stimuli</c> where the recording is split, for
    /// simulated data <c>simulated</c>, and <c>spontaneous</c> where there are such responses. The file appears whole or not at all.
    /// </summary>
    /// <param name="recording">What to write.</param>
    /// <param name="path">The .npz file to create or replace.</param>
    /// <param name="compress">Deflate the arrays.</param>
    /// <exception cref="IOException">The file cannot be written; an old file of that name is left as it was.</exception>
    public static void Write(Recording recording, string path, bool compress = false) => AtomicFile.Write(path, stream =>
    {
        using var npz = new NpzWriter(stream, compress);
        var (rows, neurons) = (recording.StimulusCount, recording.NeuronCount);
        if (recording.TestStart is { } start && HasSameStimuliInBothParts(recording, start))
        {
            npz.Add("resp_train", recording.Responses.AsSpan(0, start * neurons), start, neurons);
            npz.Add("resp_test", recording.Responses.AsSpan(start * neurons), rows - start, neurons);
            npz.Add("stimuli", recording.Stimuli.AsSpan(0, start), start);
        }
        else
        {
            npz.Add("resp", recording.Responses, rows, neurons);
            npz.Add("stimuli", recording.Stimuli, rows);
        }

        if (recording.Spontaneous is { } spontaneous)
        {
            npz.Add("spontaneous", spontaneous, spontaneous.Length / neurons, neurons);
        }

        if (recording.IsSimulated)
        {
            npz.Add(SimulatedName, true);
        }
    });

    /// <summary>The split format has one list of stimuli for both parts.</summary>
    private static bool HasSameStimuliInBothParts(Recording recording, int start) =>
        recording.Stimuli.AsSpan(0, start).SequenceEqual(recording.Stimuli.AsSpan(start));
}
