namespace Decoder.Rivals;

/// <summary>What a decoder says about the test trials.</summary>
/// <param name="Degrees">The decoded angles, in [0, period).</param>
/// <param name="Posterior">The probabilities of all angles, where the decoder computes them.</param>
public sealed record DecodedAngles(float[] Degrees, Posterior? Posterior = null);
