namespace Decoder.Recordings;

/// <summary>A file of arrays, whatever its format, with its table of contents read and no data yet.</summary>
internal interface IArrayFile : IDisposable
{
    /// <summary>The path of the file.</summary>
    string Path { get; }

    /// <summary>What is in it, in the order of the file: containers before what they contain.</summary>
    IReadOnlyList<ArrayEntry> Entries { get; }

    /// <summary>Opens an array after checking its description; nothing is allocated for its elements yet.</summary>
    /// <exception cref="RecordingException">There is no such array, or it cannot be read.</exception>
    StoredArray OpenArray(string name);

    /// <summary>Whether there is an array of that name that can be read.</summary>
    bool Contains(string name) => Entries.Any(entry => entry.IsReadable && entry.Name == name);

    /// <summary>The names of all readable arrays with their shapes, for a message.</summary>
    string DescribeArrays()
    {
        const int Most = 8;
        var readable = Entries.Where(entry => entry.IsReadable).ToArray();
        var names = readable.Take(Most).Select(entry => $"'{entry.Name}' {entry.ShapeText}");
        return readable.Length == 0 ? "no arrays of numbers"
            : string.Join(", ", names) + (readable.Length > Most ? $" and {readable.Length - Most} more ('decoder data info' shows all)" : "");
    }
}
