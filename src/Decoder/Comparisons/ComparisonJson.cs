using System.Text.Json.Serialization;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Comparisons;

/// <summary>The JSON of a comparison's folder. What is unknown or missing is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(RunJson.NameConverter<Behaviour>)])]
[JsonSerializable(typeof(ComparisonConfiguration))]
[JsonSerializable(typeof(ComparisonResult))]
[JsonSerializable(typeof(FinishedPart))]
internal sealed partial class ComparisonJson : JsonSerializerContext;
