using System.Text.Encodings.Web;
using System.Text.Json;

namespace Decoder.Terminal;

/// <summary>The one JSON object that a command prints on standard output with --json.</summary>
internal static class JsonOutput
{
    /// <summary>
    /// Prints what <paramref name="write"/> puts between the braces, on one line. NaN and infinities, which JSON does not have, are for the caller
    /// to leave out or write as null (<see cref="WriteFinite"/>).
    /// </summary>
    public static void Print(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Writes a number, or null where it is missing, NaN or infinite.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
