namespace Decoder.Recordings;

/// <summary>
/// Reads responses to decode, whose stimuli may be unknown: array <c>resp</c> and, where it is there, <c>stimuli</c> of a .npz file, or a .npy file. What can be trained on
/// can be read too.
/// </summary>
public static class ResponseReader
{
    /// <summary>Reads and checks responses.</summary>
    /// <param name="path">A .npz or .npy file.</param>
    /// <param name="stimuliPath">A .npy file with the stimuli; null where they are in <paramref name="path"/> or not known.</param>
    /// <exception cref="RecordingException">The file cannot be used; the message says why and what to do.</exception>
    public static ResponseMatrix Read(string path, string? stimuliPath = null)
    {
        using var npz = RecordingReader.IsNpz(path) ? NpzArchive.Open(path) : null;
        if (npz is not null && !npz.Contains("resp"))
        {
            var recording = RecordingReader.Read(path, stimuliPath);
            return new(recording.Responses, recording.StimulusCount, recording.Stimuli);
        }

        if (npz is not null && stimuliPath is not null && npz.Contains("stimuli"))
        {
            throw new RecordingException($"{path}: stimuli are in the file and in '{stimuliPath}' too; leave out --stimuli.");
        }

        using var stimuliArray = stimuliPath is not null ? RecordingReader.OpenNpy(stimuliPath)
            : npz?.Contains("stimuli") == true ? npz.OpenArray("stimuli")
            : null;
        var stimuli = stimuliArray is null ? null : RecordingReader.ReadStimuli(stimuliArray);
        using var array = npz is null ? RecordingReader.OpenNpy(path) : npz.OpenArray("resp");
        var responses = RecordingReader.ReadResponses([array], stimuli?.Length, RecordingReader.DefaultMaximumBytes);
        var matrix = new ResponseMatrix(responses, (int)array.Header.Shape[0], stimuli);
        RecordingChecks.CheckResponses(responses, matrix.Neurons, path);
        return matrix;
    }
}
