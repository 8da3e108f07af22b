using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Autodiff;
using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>The JSON files of a run folder.</summary>
internal static class JsonFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Reads an object.</summary>
    /// <exception cref="InvalidInputException">The file holds something else.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), type)
                ?? throw new InvalidInputException($"{path} holds null. It is not one of this program's.");
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"{path} is damaged, or was not written by this program: {e.Message}");
        }
    }

    /// <summary>Reads one object per line; what follows the last line break is left out. A file that is not there has no lines.</summary>
    /// <exception cref="InvalidInputException">A line is damaged.</exception>
    public static List<T> ReadLines<T>(string path, JsonTypeInfo<T> type)
    {
        // What follows the last line break is empty, or what a killed process could still write of a line.
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var lines = text.Split('\n')[..^1];
        var records = new List<T>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            try
            {
                records.Add(JsonSerializer.Deserialize(lines[i], type) ?? throw new JsonException("It is null."));
            }
            catch (JsonException e)
            {
                throw new InvalidInputException($"{path}, line {i + 1} is damaged, or was not written by this program: {e.Message}");
            }
        }

        return records;
    }

    /// <summary>Writes one object per line, all or nothing.</summary>
    public static void WriteLines<T>(string path, IEnumerable<T> records, JsonTypeInfo<T> type) =>
        AtomicFile.WriteText(path, string.Concat(records.Select(record => JsonSerializer.Serialize(record, type) + "\n")));

    /// <summary>Writes an object, indented, all or nothing.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) => AtomicFile.Write(path, stream =>
    {
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        stream.WriteByte((byte)'\n');
    });
}
