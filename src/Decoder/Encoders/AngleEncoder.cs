using Autodiff;
using Autodiff.Kernels;
using Decoder.Models;

namespace Decoder.Encoders;

/// <summary>
/// Responses from the angle alone: its sine and cosine and those of its multiples up to the fourth, one layer of 100 units, and a linear layer to all
/// neurons. What no smooth tuning curve explains, it cannot explain.
/// </summary>
internal sealed class AngleEncoder : Encoder
{
    private const int Harmonics = 4, Units = 100;

    private readonly Linear<float> _hidden, _output;
    private readonly Module<float>? _activation;

    public AngleEncoder(int neurons, Activation activation, Generator generator, Device device)
    {
        _hidden = Register("hidden", new Linear<float>(2 * Harmonics, Units, generator, device: device));
        _activation = activation == Activation.Linear ? null : Register("activation", DecoderNetwork.CreateActivation(activation));
        _output = Register("output", new Linear<float>(Units, neurons, generator, device: device));
    }

    /// <summary>cos kθ and sin kθ for k from 1.</summary>
    public override Tensor<float> Inputs(ReadOnlySpan<double> degrees, Device device)
    {
        var values = new float[degrees.Length * 2 * Harmonics];
        for (var i = 0; i < degrees.Length; i++)
        {
            for (var k = 0; k < Harmonics; k++)
            {
                var (sine, cosine) = Math.SinCos((k + 1) * degrees[i] * Math.PI / 180);
                (values[2 * (i * Harmonics + k)], values[2 * (i * Harmonics + k) + 1]) = ((float)cosine, (float)sine);
            }
        }

        return Tensor.Create(values, [degrees.Length, 2 * Harmonics], device);
    }

    /// <inheritdoc/>
    public override Tensor<float> Forward(Tensor<float> input)
    {
        var features = _hidden.Forward(input);
        return _output.Forward(_activation?.Forward(features) ?? features);
    }
}
