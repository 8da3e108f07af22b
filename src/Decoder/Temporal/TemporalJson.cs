using System.Text.Json;
using System.Text.Json.Serialization;
using Decoder.Models;
using Decoder.Training;

namespace Decoder.Temporal;

/// <summary>The JSON of what temporal decoders achieved.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(RunJson.NameConverter<LossKind>), typeof(RunJson.NameConverter<TemporalModel>)])]
[JsonSerializable(typeof(TemporalResult))]
internal sealed partial class TemporalJson : JsonSerializerContext
{
    /// <summary>The same over several lines.</summary>
    public static TemporalJson Indented => field ??= new(new JsonSerializerOptions(Default.Options) { WriteIndented = true });
}
