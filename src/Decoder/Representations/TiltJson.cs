using System.Text.Json.Serialization;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Representations;

/// <summary>The JSON of the folder of a network of tilts. What is unknown or missing is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(RunJson.NameConverter<Behaviour>)])]
[JsonSerializable(typeof(TiltConfiguration))]
[JsonSerializable(typeof(TiltResult))]
internal sealed partial class TiltJson : JsonSerializerContext;
