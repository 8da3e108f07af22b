using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decoder.Representations;

/// <summary>The JSON of what a network of tilts was trained to.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TiltResult))]
internal sealed partial class TiltJson : JsonSerializerContext
{
    /// <summary>The same over several lines.</summary>
    public static TiltJson Indented => field ??= new(new JsonSerializerOptions(Default.Options) { WriteIndented = true });
}
