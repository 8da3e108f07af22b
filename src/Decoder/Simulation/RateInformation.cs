using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Simulation;

/// <summary>
/// Fisher information that the response of one simulated neuron carries about the logarithm of its rate, given all that neurons share. The response r is a sum of Poisson(rate e^(0.5 e - 0.125))
/// events of size Exp(1) with e ~ N(0, 1), the neuron's own noise, which is integrated over.
/// </summary>
/// <remarks>
/// p(0) = E e^-m and p(r) = E e^(-m - r) √(m / r) I₁(2√(m r)) for the rate m of a trial, so d ln p(r | m) / d ln m = √(m r) I₀ / I₁ (2√(m r)) - m. Tabulated once over ln rate.
/// </remarks>
internal static class RateInformation
{
    private const double Lowest = -12, Highest = 7, Step = 0.2;
    private const double NoiseReach = 6, WidestNoiseStep = 0.2;
    private const double ResponseStep = 0.1;

    private static readonly Lazy<double[]> Table = new(Tabulate);

    /// <summary>The information at a rate: that of the events where they are few, limited by the neuron's own noise (1 / 0.25) where they are many.</summary>
    /// <param name="rate">Mean number of events, positive.</param>
    public static double At(double rate)
    {
        var position = (Math.Clamp(Math.Log(rate), Lowest, Highest) - Lowest) / Step;
        var index = Math.Min((int)position, Table.Value.Length - 2);
        var fraction = position - index;
        return Table.Value[index] + fraction * (Table.Value[index + 1] - Table.Value[index]);
    }

    /// <summary>The same by numerical integration: over e by the trapezoidal rule, and over √r likewise.</summary>
    internal static double Integrate(double rate)
    {
        var (masses, rates) = Noise(rate);
        var (none, noneSlope) = (0.0, 0.0);
        for (var i = 0; i < rates.Length; i++)
        {
            var probability = masses[i] * Math.Exp(-rates[i]);
            none += probability;
            noneSlope -= rates[i] * probability;
        }

        var information = none > 0 ? noneSlope * noneSlope / none : 0;
        var largest = Math.Sqrt(rates[^1]) + 8;
        var roots = Enumerable.Range(1, (int)Math.Ceiling(largest / ResponseStep)).Select(i => i * ResponseStep).ToArray();
        var arguments = new double[roots.Length * rates.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = 2 * roots[i / rates.Length] * Math.Sqrt(rates[i % rates.Length]);
        }

        using var scope = new Tape(record: false);
        var x = Tensor.Create(arguments, [arguments.Length], Device.Cpu);
        var (logBessel, ratio) = (x.LogBesselI0().ToArray(), x.BesselRatio().ToArray());
        for (var i = 0; i < roots.Length; i++)
        {
            var (density, slope) = (0.0, 0.0);
            for (var j = 0; j < rates.Length; j++)
            {
                var k = i * rates.Length + j;
                if (masses[j] == 0 || arguments[k] == 0)
                {
                    continue;
                }

                var probability = masses[j] * Math.Exp(logBessel[k] + Math.Log(ratio[k]) - rates[j] - roots[i] * roots[i]) * Math.Sqrt(rates[j]) / roots[i];
                density += probability;
                slope += probability * (arguments[k] / 2 / ratio[k] - rates[j]);
            }

            // dr = 2 √r d√r.
            information += density > 0 ? slope * slope / density * 2 * roots[i] * ResponseStep : 0;
        }

        return information;
    }

    /// <summary>Values of the neuron's own noise: how probable they are and which rates they lead to.</summary>
    private static (double[] Masses, double[] Rates) Noise(double rate)
    {
        // Many events tell the rate of a trial, and so e, to √(2 / rate) / 0.5; the steps must be narrower.
        const double Strength = NeuronWeights.PrivateNoiseStrength;
        var steps = (int)Math.Ceiling(2 * NoiseReach / Math.Min(WidestNoiseStep, Math.Sqrt(0.5 / rate) / Strength));
        var step = 2 * NoiseReach / steps;
        var values = Enumerable.Range(0, steps + 1).Select(i => i * step - NoiseReach).ToArray();
        return (
            Array.ConvertAll(values, e => step * Math.Exp(-e * e / 2) / Math.Sqrt(Math.Tau)),
            Array.ConvertAll(values, e => rate * Math.Exp(Strength * e - Strength * Strength / 2)));
    }

    private static double[] Tabulate() =>
        [.. Enumerable.Range(0, (int)Math.Round((Highest - Lowest) / Step) + 1).AsParallel().AsOrdered().Select(i => Integrate(Math.Exp(Lowest + i * Step)))];
}
