using Decoder.Recordings.Csv;

namespace Decoder.Recordings;

/// <summary>A small array in memory: stimuli, speeds, indices.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Kind">Kind of its elements in the file.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Its elements.</param>
internal sealed record LoadedArray(string Name, ElementKind Kind, long[] Shape, float[] Values)
{
    /// <summary>Whether at most one dimension is more than 1.</summary>
    public bool IsVector => Shape.Count(dimension => dimension != 1) <= 1;

    /// <summary>Reads what an option names: a file, or an array of the recording.</summary>
    /// <param name="file">The recording.</param>
    /// <param name="reference">What the option says.</param>
    /// <param name="option">The option, for messages.</param>
    /// <param name="maximumBytes">Refuse more than this.</param>
    /// <exception cref="RecordingException">There is neither, or it cannot be read.</exception>
    public static LoadedArray Read(IArrayFile file, string reference, string option, long maximumBytes)
    {
        if (File.Exists(reference))
        {
            using var other = ArrayFile.Open(reference, maximumBytes);
            return Read(other, TheOneArrayOf(other, option), maximumBytes);
        }

        return file.Contains(reference) || file.Entries.Any(entry => entry.Name == reference)
            ? Read(file, reference, maximumBytes)
            : throw new ArrayNotFoundException(
                $"{option} {reference}: there is no such file, and no such array in {file.Path}, which has {file.DescribeArrays()}.");
    }

    /// <summary>Reads an array of a file.</summary>
    public static LoadedArray Read(IArrayFile file, string name, long maximumBytes)
    {
        using var array = file.OpenArray(name);
        if (array.Layout.Count > Math.Min(maximumBytes / sizeof(float), Array.MaxLength))
        {
            throw new RecordingException($"{array.Name} has shape {array.Layout.ShapeText}, more than the limit of {maximumBytes / 1e9:F1} GB.");
        }

        var values = new float[array.Layout.Count];
        array.ReadInto(values);
        return new(array.Name, array.Layout.Kind, array.Layout.Shape, values);
    }

    private static string TheOneArrayOf(IArrayFile file, string option)
    {
        if (file is CsvFile { StimulusColumn: { } column })
        {
            return column;
        }

        var readable = file.Entries.Where(entry => entry.IsReadable).ToArray();
        var named = option.TrimStart('-');
        return readable.Length == 1 ? readable[0].Name
            : file.Contains(named) ? named
            : throw new ArrayNotFoundException(
                $"{option} {file.Path}: which of its arrays is meant is not known: {file.DescribeArrays()}. Give a file with one array, such as .npy, or call it '{named}'.");
    }
}
