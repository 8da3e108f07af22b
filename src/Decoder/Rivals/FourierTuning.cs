using Autodiff;
using Autodiff.Kernels;
using Decoder.LinearAlgebra;

namespace Decoder.Rivals;

/// <summary>
/// Tuning curves as Fourier series of the phase, fitted by least squares to all neurons at once: r = c0 + sum of a_h cos h phase + b_h sin h phase. Of a few different stimuli no more harmonics
/// can be known than half their number.
/// </summary>
internal sealed class FourierTuning
{
    private readonly Tensor<float> _projection;

    /// <summary>Prepares the fit to some trials.</summary>
    /// <param name="phases">Phases of the trials.</param>
    /// <param name="mostHarmonics">Number of harmonics where the stimuli allow them.</param>
    public FourierTuning(double[] phases, int mostHarmonics)
    {
        Harmonics = Math.Clamp((phases.Distinct().Count() - 1) / 2, 0, mostHarmonics);
        Trials = phases.Length;
        Design = DesignOf(phases);
        var products = Array.ConvertAll(Design.Transpose().MatMul(Design).ToArray(), value => (double)value);

        // Nothing to a fit that is determined; else, with stimuli on one side of the circle only, the smallest of all fits.
        for (var i = 0; i < Terms; i++)
        {
            products[i * Terms + i] += 1e-6 * Trials;
        }

        Covariance = Cholesky.Factor(products, Terms).Inverse();
        _projection = Tensor.Create(Array.ConvertAll(Covariance, value => (float)value), [Terms, Terms], Device.Cpu).MatMul(Design.Transpose());
    }

    /// <summary>Number of harmonics.</summary>
    public int Harmonics { get; }

    /// <summary>Number of coefficients of a neuron.</summary>
    public int Terms => 2 * Harmonics + 1;

    /// <summary>Number of trials.</summary>
    public int Trials { get; }

    /// <summary>The functions at the phases of the trials, trials x terms.</summary>
    public Tensor<float> Design { get; }

    /// <summary>(DᵀD)⁻¹: covariance of a neuron's coefficients, over its residual variance.</summary>
    public double[] Covariance { get; }

    /// <summary>The functions 1, cos, sin, cos 2, ... at some phases, phases x terms.</summary>
    public Tensor<float> DesignOf(double[] phases)
    {
        var values = new float[phases.Length * Terms];
        for (var i = 0; i < phases.Length; i++)
        {
            values[i * Terms] = 1;
            for (var h = 1; h <= Harmonics; h++)
            {
                var (sine, cosine) = Math.SinCos(h * phases[i]);
                (values[i * Terms + 2 * h - 1], values[i * Terms + 2 * h]) = ((float)cosine, (float)sine);
            }
        }

        return Tensor.Create(values, [phases.Length, Terms], Device.Cpu);
    }

    /// <summary>Coefficients, terms x neurons, of responses, trials x neurons.</summary>
    public Tensor<float> Fit(Tensor<float> responses) => _projection.MatMul(responses);

    /// <summary>
    /// Coefficients drawn towards 0, each harmonic of each neuron by what noise adds to its power: 1 - 2 v / (a² + b²), at least 0, where v is the variance of a coefficient's estimate. It is the
    /// positive-part James-Stein estimate.
    /// </summary>
    /// <param name="coefficients">Terms x neurons.</param>
    /// <param name="variances">Residual variances of the neurons.</param>
    public Tensor<float> Shrink(Tensor<float> coefficients, float[] variances)
    {
        var (values, neurons) = (coefficients.ToArray(), variances.Length);
        for (var h = 1; h <= Harmonics; h++)
        {
            var (cosine, sine) = (2 * h - 1, 2 * h);
            var noise = Covariance[cosine * Terms + cosine] + Covariance[sine * Terms + sine];
            for (var i = 0; i < neurons; i++)
            {
                var (a, b) = (values[cosine * neurons + i], values[sine * neurons + i]);
                var power = (double)a * a + (double)b * b;
                var factor = power > 0 ? (float)Math.Max(0, 1 - noise * variances[i] / power) : 0;
                (values[cosine * neurons + i], values[sine * neurons + i]) = (factor * a, factor * b);
            }
        }

        return Tensor.Create(values, coefficients.Shape, Device.Cpu);
    }

    /// <summary>Phases that are evenly spaced over the circle, from 0 on.</summary>
    public static double[] EvenPhases(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Tau * i / count)];
}
