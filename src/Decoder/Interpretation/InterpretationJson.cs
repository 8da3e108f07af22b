using System.Text.Json.Serialization;

namespace Decoder.Interpretation;

/// <summary>The JSON of an interpretation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InterpretationSummary))]
internal sealed partial class InterpretationJson : JsonSerializerContext;
