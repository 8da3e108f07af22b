using System.Text.Json;
using System.Text.Json.Serialization;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>The JSON of the folder of a search; as strict as that of a run.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(RunJson.NameConverter<Activation>), typeof(RunJson.NameConverter<LossKind>), typeof(RunJson.NameConverter<Normalization>),
        typeof(RunJson.NameConverter<OptimizerKind>), typeof(RunJson.NameConverter<PenalizedWeights>), typeof(RunJson.NameConverter<Behaviour>),
        typeof(RunJson.NameConverter<SelectionCriterion>),
    ])]
[JsonSerializable(typeof(SweepConfiguration))]
[JsonSerializable(typeof(SweepResult))]
[JsonSerializable(typeof(TrialRecord))]
internal sealed partial class SweepJson : JsonSerializerContext;
