using Decoder.Sampling;

namespace Decoder.Simulation;

/// <summary>
/// One simulated neuron: its tuning to the grating's direction and its sensitivity to the shared gain. The distributions are fitted to
/// the statistics of the recording of Stringer et al. (2021); see <see cref="PopulationSimulator"/>.
/// </summary>
/// <param name="PreferredDirection">phi ~ U(0, 2 pi), radians.</param>
/// <param name="Concentration">kappa = min(40, exp(N(ln 3.2, 0.9))): the sharpness of orientation tuning.</param>
/// <param name="DirectionSelectivity">delta ~ U(0, 1): 0 responds alike to both directions of an orientation.</param>
/// <param name="Amplitude">a = exp(N(0.6, 0.7)), events per trial at the preferred direction; 0 for the 2 % that are untuned.</param>
/// <param name="Baseline">b = exp(N(-1.2, 0.7)), events per trial whatever the stimulus.</param>
/// <param name="GainSensitivity">s = 1 + 0.5 N(0, 1): how strongly the gain shared by all neurons acts on this one.</param>
public readonly record struct NeuronParameters(
    double PreferredDirection,
    double Concentration,
    double DirectionSelectivity,
    double Amplitude,
    double Baseline,
    double GainSensitivity)
{
    private const double UntunedFraction = 0.02;
    private const double MaximumConcentration = 40;

    /// <summary>Draws the parameters of one neuron.</summary>
    public static NeuronParameters Draw(RandomStream random)
    {
        var preferred = 2 * Math.PI * random.NextDouble();
        var concentration = Math.Min(MaximumConcentration, Math.Exp(Math.Log(3.2) + 0.9 * Normal.Next(random)));
        var directionSelectivity = random.NextDouble();
        var amplitude = Math.Exp(0.6 + 0.7 * Normal.Next(random));
        var untuned = random.NextDouble() < UntunedFraction;
        var baseline = Math.Exp(-1.2 + 0.7 * Normal.Next(random));
        var gainSensitivity = 1 + 0.5 * Normal.Next(random);
        return new(preferred, concentration, directionSelectivity, untuned ? 0 : amplitude, baseline, gainSensitivity);
    }

    /// <summary>
    /// The tuning curve without amplitude, in [0, 1]:
    /// d(theta) = exp(kappa (cos 2 (theta - phi) - 1)) ((1 - delta) + delta (1 + cos(theta - phi)) / 2).
    /// </summary>
    /// <param name="direction">theta, radians.</param>
    public double Tuning(double direction)
    {
        var difference = direction - PreferredDirection;
        return Math.Exp(Concentration * (Math.Cos(2 * difference) - 1))
            * (1 - DirectionSelectivity + DirectionSelectivity * (1 + Math.Cos(difference)) / 2);
    }

    /// <summary>
    /// The slope of the tuning curve, dd/dtheta = -exp(kappa (cos 2 (theta - phi) - 1)) (2 kappa sin 2 (theta - phi) ((1 - delta) + delta (1 + cos(theta - phi)) / 2) + delta sin(theta - phi) / 2).
    /// </summary>
    /// <param name="direction">theta, radians.</param>
    public double TuningSlope(double direction)
    {
        var difference = direction - PreferredDirection;
        var directed = 1 - DirectionSelectivity + DirectionSelectivity * (1 + Math.Cos(difference)) / 2;
        return -Math.Exp(Concentration * (Math.Cos(2 * difference) - 1))
            * (2 * Concentration * Math.Sin(2 * difference) * directed + DirectionSelectivity * Math.Sin(difference) / 2);
    }
}
