using System.Globalization;
using Autodiff;

namespace Decoder.Training;

/// <summary>Reads numbers from the metadata of a checkpoint.</summary>
internal static class Checkpoint
{
    public static int Int32(SafeTensors file, string key) =>
        int.TryParse(Text(file, key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Malformed(file, key);

    public static ulong UInt64(SafeTensors file, string key) =>
        ulong.TryParse(Text(file, key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Malformed(file, key);

    public static double Double(SafeTensors file, string key) =>
        double.TryParse(Text(file, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Malformed(file, key);

    private static string Text(SafeTensors file, string key) => file.Metadata.TryGetValue(key, out var text)
        ? text
        : throw new InvalidDataException($"The checkpoint has no '{key}'; it is not one of this program's. Delete it to start the run anew.");

    private static InvalidDataException Malformed(SafeTensors file, string key) =>
        new($"The checkpoint's '{key}' is '{file.Metadata[key]}', not a number. Delete the checkpoint to start the run anew.");
}
