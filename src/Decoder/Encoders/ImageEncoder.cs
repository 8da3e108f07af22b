using Autodiff;
using Autodiff.Kernels;
using Decoder.Gratings;
using Decoder.Models;

namespace Decoder.Encoders;

/// <summary>
/// The tutorial's encoder (Tutorial 4): six convolutions of 7 x 7, which start from <see cref="FilterBank"/>, over an image of 12 x 16, and a linear layer
/// from all their pixels to all neurons.
/// </summary>
internal sealed class ImageEncoder : Encoder
{
    private const double Resolution = 0.025;

    private readonly Conv2d<float> _filters;
    private readonly Linear<float> _output;
    private readonly Module<float>? _activation;

    public ImageEncoder(int neurons, Activation activation, Generator generator, Device device)
    {
        var (height, width) = Grating.Size(Resolution);
        _filters = Register("filters", new Conv2d<float>(1, FilterBank.Count, FilterBank.Size, generator, padding: FilterBank.Size / 2, device: device));
        _filters.Weight.Assign(FilterBank.Create(balanced: true));
        Initializers.Constant(_filters.Bias!, 0);
        _activation = activation == Activation.Linear ? null : Register("activation", DecoderNetwork.CreateActivation(activation));
        _output = Register("output", new Linear<float>(FilterBank.Count * height * width, neurons, generator, device: device));
    }

    /// <summary>The filters as they are now, one after the other.</summary>
    public override float[] Filters => _filters.Weight.ToArray();

    /// <summary>The images of gratings.</summary>
    public override Tensor<float> Inputs(ReadOnlySpan<double> degrees, Device device)
    {
        var (height, width) = Grating.Size(Resolution);
        return Tensor.Create(Grating.Draw(degrees, Resolution), [degrees.Length, 1, height, width], device);
    }

    /// <inheritdoc/>
    public override Tensor<float> Forward(Tensor<float> input)
    {
        var features = _filters.Forward(input);
        return _output.Forward((_activation?.Forward(features) ?? features).Flatten(1));
    }
}
