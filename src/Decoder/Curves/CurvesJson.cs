using System.Text.Json;
using System.Text.Json.Serialization;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Curves;

/// <summary>The JSON of the folder of curves; as strict as that of a run.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(RunJson.NameConverter<CurveKind>), typeof(RunJson.NameConverter<Behaviour>)])]
[JsonSerializable(typeof(CurvesConfiguration))]
[JsonSerializable(typeof(CurvesResult))]
[JsonSerializable(typeof(CurvePoint))]
internal sealed partial class CurvesJson : JsonSerializerContext;
