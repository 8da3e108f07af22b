using Decoder.Models;
using Decoder.Training;

namespace Decoder.Sweeps;

/// <summary>A combination of values that is tried.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Values">The value of each searched option, as one would type it.</param>
/// <param name="Model">What is trained.</param>
/// <param name="Training">How; judged on validation rows.</param>
internal sealed record SweepTrial(int Number, IReadOnlyDictionary<string, string> Values, ModelOptions Model, TrainingOptions Training);
