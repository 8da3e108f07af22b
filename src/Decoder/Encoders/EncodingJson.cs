using System.Text.Json.Serialization;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Encoders;

/// <summary>The JSON of an encoder's folder. What is unknown or missing is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(RunJson.NameConverter<Activation>), typeof(RunJson.NameConverter<EncoderInput>), typeof(RunJson.NameConverter<Behaviour>)])]
[JsonSerializable(typeof(EncodingConfiguration))]
[JsonSerializable(typeof(EncodingResult))]
internal sealed partial class EncodingJson : JsonSerializerContext;
