using System.Text.Json;
using System.Text.Json.Serialization;
using Decoder.Models;
using Decoder.Training;

namespace Decoder.Encoders;

/// <summary>The JSON of what an encoder was trained to.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(RunJson.NameConverter<Activation>), typeof(RunJson.NameConverter<EncoderInput>)])]
[JsonSerializable(typeof(EncodingResult))]
internal sealed partial class EncodingJson : JsonSerializerContext
{
    /// <summary>The same over several lines.</summary>
    public static EncodingJson Indented => field ??= new(new JsonSerializerOptions(Default.Options) { WriteIndented = true });
}
