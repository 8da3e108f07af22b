namespace Decoder.Recordings;

/// <summary>
/// Reads recordings: from NumPy files, a .npz with <c>resp</c> (stimuli x neurons) and <c>stimuli</c> in degrees, or with <c>resp_train</c>,
/// <c>resp_test</c> and <c>stimuli</c>, as the tutorial's files are, or a .npy with the responses and a second file with the stimuli; from MATLAB files up to version 7.2;
/// and from tables of text. Other arrays than these are chosen by their names.
/// </summary>
public static class RecordingReader
{
    /// <summary>The most that is read unless the caller allows more: 8 GiB of float32.</summary>
    public const long DefaultMaximumBytes = 8L << 30;

    /// <summary>Reads and checks a recording.</summary>
    /// <param name="path">A .npz, .npy, .mat or .csv file.</param>
    /// <param name="options">Which arrays to take, and which parts of them; null for <c>resp</c> and <c>stimuli</c> as they are.</param>
    /// <param name="maximumBytes">Refuse responses that take more memory than this.</param>
    /// <exception cref="RecordingException">The file is not a recording that can be used; the message says why and what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Recording Read(string path, ReadingOptions? options = null, long maximumBytes = DefaultMaximumBytes)
    {
        using var file = ArrayFile.Open(path, maximumBytes);
        return Read(file, options ?? new(), maximumBytes);
    }

    /// <summary>Reads and checks a recording in a file that is open.</summary>
    internal static Recording Read(IArrayFile file, ReadingOptions options, long maximumBytes)
    {
        var assembler = new RecordingAssembler(file, options, maximumBytes);
        var raw = assembler.Read(needsStimuli: true);
        return new Recording(raw.Responses, raw.Stimuli!, file.Path, raw.IsSimulated, raw.TestStart)
        {
            Spontaneous = raw.Spontaneous,
            Subset = raw.Subset,
            Notes = assembler.Notes,
        };
    }
}
