using System.Text.Json.Serialization;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Temporal;

/// <summary>The JSON of the folder of temporal decoders. What is unknown or missing is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(RunJson.NameConverter<LossKind>), typeof(RunJson.NameConverter<TemporalModel>), typeof(RunJson.NameConverter<Activation>),
        typeof(RunJson.NameConverter<Normalization>), typeof(RunJson.NameConverter<Behaviour>),
    ])]
[JsonSerializable(typeof(TemporalConfiguration))]
[JsonSerializable(typeof(TemporalResult))]
internal sealed partial class TemporalJson : JsonSerializerContext;
