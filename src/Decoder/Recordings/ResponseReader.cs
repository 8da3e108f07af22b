using Decoder.Preprocessing;

namespace Decoder.Recordings;

/// <summary>Reads responses to decode, whose stimuli may be unknown, from the files that <see cref="RecordingReader"/> reads.</summary>
internal static class ResponseReader
{
    /// <summary>Reads and checks responses.</summary>
    /// <param name="path">A .npz, .npy, .mat or .csv file.</param>
    /// <param name="options">Which arrays to take.</param>
    /// <param name="neurons">How many neurons there should be; another number is for the caller to refuse.</param>
    /// <param name="notes">Told what was decided on the way that somebody should know.</param>
    /// <exception cref="RecordingException">The file cannot be used; the message says why and what to do.</exception>
    public static ResponseMatrix Read(string path, ReadingOptions options, int neurons, List<string> notes)
    {
        using var file = ArrayFile.Open(path, RecordingReader.DefaultMaximumBytes);
        var assembler = new RecordingAssembler(file, options, RecordingReader.DefaultMaximumBytes, neurons);
        var raw = assembler.Read(needsStimuli: false);
        notes.AddRange(assembler.Notes);
        RecordingChecks.CheckResponses(raw.Responses, raw.Neurons, path);
        return new ResponseMatrix(raw.Responses, raw.Rows, raw.Stimuli);
    }
}
