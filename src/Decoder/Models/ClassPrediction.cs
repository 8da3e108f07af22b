namespace Decoder.Models;

/// <summary>What a classifying model says about one row.</summary>
/// <param name="Decoded">The most probable class, from 0.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Actual">The class of the stimulus; -1 where that is not known.</param>
/// <param name="NegativeLogLikelihood">-ln of the probability of the actual class; NaN where that is not known.</param>
public readonly record struct ClassPrediction(int Decoded, double Probability, int Actual, double NegativeLogLikelihood);
