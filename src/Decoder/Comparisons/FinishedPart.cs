namespace Decoder.Comparisons;

/// <summary>A decoder that is done with a fold: a line of parts.jsonl.</summary>
/// <param name="Decoder">The decoder's name.</param>
/// <param name="Fold">The fold, from 1.</param>
/// <param name="Seconds">Time to learn and decode; what decoders share, such as products of trials, counts for the first that needs it.</param>
/// <param name="Refused">Why the decoder cannot be used on these data; null where it decoded.</param>
internal sealed record FinishedPart(string Decoder, int Fold, double Seconds, string? Refused = null);
