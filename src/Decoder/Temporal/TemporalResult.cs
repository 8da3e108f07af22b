using System.Text.Json.Serialization;
using Decoder.Evaluation;
using Decoder.Models;

namespace Decoder.Temporal;

/// <summary>How well the direction was decoded from the course of responses, cross-validated.</summary>
/// <param name="Source">Where the data are from.</param>
/// <param name="Simulated">Whether they are simulated.</param>
/// <param name="Trials">Number of trials.</param>
/// <param name="Neurons">Number of neurons.</param>
/// <param name="Loss">What was minimized.</param>
/// <param name="Period">The period of decoded angles, degrees.</param>
/// <param name="Classes">Number of classes; null without.</param>
/// <param name="Folds">Number of folds.</param>
/// <param name="BinSeconds">Width of time bins.</param>
/// <param name="Seed">Decides folds and networks.</param>
/// <param name="Models">The decoders of the whole response, the static one first.</param>
/// <param name="Course">Static decoders of one bin each.</param>
/// <param name="Run">The folder of the run.</param>
internal sealed record TemporalResult(
    string Source,
    bool Simulated,
    int Trials,
    int Neurons,
    LossKind Loss,
    int Period,
    int? Classes,
    int Folds,
    double BinSeconds,
    ulong Seed,
    IReadOnlyList<TemporalScore> Models,
    IReadOnlyList<BinScore> Course,
    string Run);

/// <summary>How well a decoder of the whole response did on the test trials of all folds.</summary>
/// <param name="Model">The decoder.</param>
/// <param name="Scores">Its scores.</param>
/// <param name="MeanAbsoluteErrorDegrees">The mean error with its 95 % interval.</param>
/// <param name="DifferenceDegrees">That less the static decoder's, paired; null for the static one.</param>
/// <param name="Shuffled">Scores after training on shuffled stimuli: chance, unless something leaks.</param>
internal sealed record TemporalScore(
    TemporalModel Model, DecodingScores Scores, Interval MeanAbsoluteErrorDegrees, Interval? DifferenceDegrees, DecodingScores Shuffled)
{
    /// <summary>What it said of each trial.</summary>
    [JsonIgnore]
    public IReadOnlyList<Prediction> Predictions { get; init; } = [];
}

/// <summary>How well a decoder of one time bin did.</summary>
/// <param name="StartSeconds">Where the bin begins, from the onset.</param>
/// <param name="EndSeconds">Where it ends.</param>
/// <param name="Scores">Its scores.</param>
/// <param name="MeanAbsoluteErrorDegrees">The mean error with its 95 % interval.</param>
/// <param name="Accuracy">Of classes, the fraction decoded right with its 95 % interval; else null.</param>
internal sealed record BinScore(double StartSeconds, double EndSeconds, DecodingScores Scores, Interval MeanAbsoluteErrorDegrees, Interval? Accuracy);
