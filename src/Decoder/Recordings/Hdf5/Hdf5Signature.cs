namespace Decoder.Recordings.Hdf5;

/// <summary>How an HDF5 file is recognized: MAT v7.3 and NWB are such files.</summary>
internal static class Hdf5Signature
{
    /// <summary>Bytes of the start of a file that tell: MATLAB puts its own header of 512 bytes in front.</summary>
    public const int BytesNeeded = MatlabHeaderBytes + 8;

    private const int MatlabHeaderBytes = 512;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>Whether a file that begins with <paramref name="start"/> is HDF5.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> start) =>
        start.StartsWith(Signature) || (start.Length >= BytesNeeded && start[MatlabHeaderBytes..].StartsWith(Signature));

    /// <summary>The exception for a file that has to be converted first, with the commands that do it.</summary>
    public static RecordingException Refusal(string path) => new(
        $"{path}: this is an HDF5 file (MAT v7.3 or NWB), which is converted first:\n"
        + $"  decoder data info {Quote(path)}\n"
        + $"  decoder data convert {Quote(path)} {Quote(Path.ChangeExtension(path, ".npz"))} --resp PATH --stimuli PATH\n"
        + "The first shows the arrays that --resp and --stimuli choose from; without them they are 'resp' and 'stimuli'.");

    private static string Quote(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? path : $"'{path.Replace("'", "'\\''")}'";
}
