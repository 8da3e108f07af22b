using System.Text.Json;
using System.Text.Json.Serialization;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;

namespace Decoder.Training;

/// <summary>The JSON of a run folder. What is unknown or missing is refused: a configuration that was edited into something else must not train something else.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(NameConverter<Activation>), typeof(NameConverter<LossKind>), typeof(NameConverter<Normalization>),
        typeof(NameConverter<OptimizerKind>), typeof(NameConverter<PenalizedWeights>), typeof(NameConverter<Behaviour>),
    ])]
[JsonSerializable(typeof(RunConfiguration))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(EvaluationConfiguration))]
[JsonSerializable(typeof(EpochRecord))]
[JsonSerializable(typeof(FoldRecord))]
internal sealed partial class RunJson : JsonSerializerContext
{
    /// <summary>Names of choices as the command line spells them.</summary>
    internal sealed class NameConverter<T>() : JsonStringEnumConverter<T>(new LowerCase(), allowIntegerValues: false)
        where T : struct, Enum;

    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => ChoiceName.Of(name);
    }
}
