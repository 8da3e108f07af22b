using Decoder.Sampling;

namespace Decoder.Simulation;

/// <summary>How one simulated neuron depends on what all neurons share: drawn after its <see cref="NeuronParameters"/>, from the same stream.</summary>
/// <param name="Latents">0.4 w, the weights of the latent variables in the exponent of the rate.</param>
/// <param name="Gain">0.45 s, the weight of the shared gain.</param>
/// <param name="Channels">The weights of the channels of the tuned gain, of norm 0.2, so that the tuned gain has that standard deviation.</param>
/// <param name="HalfVariance">Half the variance of the exponent, shared and private, which is taken off so that the mean rate is that of the tuning curve.</param>
internal sealed record NeuronWeights(double[] Latents, double Gain, double[] Channels, double HalfVariance)
{
    /// <summary>Standard deviation of the tuned gain.</summary>
    public const double TunedGainStrength = 0.2;

    /// <summary>Standard deviation of the noise that a neuron has to itself, in the exponent of the rate.</summary>
    public const double PrivateNoiseStrength = 0.5;

    private const double GainStrength = 0.45;
    private const double LatentStrength = 0.4;
    private const double ChannelWidth = 0.1;

    /// <summary>Draws the weights of one neuron.</summary>
    public static NeuronWeights Draw(RandomStream random, in NeuronParameters parameters, ReadOnlySpan<double> latentVariances)
    {
        var latents = new double[TrialSequence.Latents];
        var variance = 0.0;
        for (var k = 0; k < latents.Length; k++)
        {
            latents[k] = LatentStrength * Normal.Next(random);
            variance += latents[k] * latents[k] * latentVariances[k];
        }

        var gain = GainStrength * parameters.GainSensitivity;
        var channels = new double[TrialSequence.Channels];
        var squares = 0.0;
        for (var c = 0; c < channels.Length; c++)
        {
            channels[c] = Math.Exp((Math.Cos(parameters.PreferredDirection - TrialSequence.ChannelDirection(c)) - 1) / ChannelWidth);
            squares += channels[c] * channels[c];
        }

        for (var c = 0; c < channels.Length; c++)
        {
            channels[c] = TunedGainStrength * channels[c] / Math.Sqrt(squares);
        }

        return new(latents, gain, channels, 0.5 * (variance + gain * gain + PrivateNoiseStrength * PrivateNoiseStrength));
    }
}
