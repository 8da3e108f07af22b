using Autodiff;
using Autodiff.Kernels;
using Decoder.Gratings;
using Decoder.Sampling;

namespace Decoder.Representations;

/// <summary>
/// The tutorial's convolutional network (Tutorial 3) that tells gratings tilted to the right from those tilted to the left: convolution from
/// <see cref="FilterBank"/>, ReLU, maximum over 8 x 8, 10 units, ReLU, and the log-odds of 'right'.
/// </summary>
internal sealed class TiltNetwork : Module<float>
{
    /// <summary>Fraction of the screen's resolution at which it sees gratings: 48 x 64.</summary>
    public const double Resolution = 0.1;

    private const int PoolSize = 8, Units = 10;

    private readonly Conv2d<float> _filters;
    private readonly Linear<float> _hidden, _output;

    /// <summary>Makes a network with the initial values that PyTorch draws for the tutorial's.</summary>
    /// <param name="random">PyTorch's stream.</param>
    /// <param name="device">Where it computes.</param>
    public TiltNetwork(MersenneTwister random, Device device)
    {
        var (height, width) = Grating.Size(Resolution);
        var generator = new Generator(0);
        _filters = Register("filters", new Conv2d<float>(1, FilterBank.Count, FilterBank.Size, generator, padding: FilterBank.Size / 2, device: device));
        _filters.Weight.Assign(FilterBank.Create(balanced: false));
        Initializers.Constant(_filters.Bias!, 0);
        var pooled = FilterBank.Count * (height / PoolSize) * (width / PoolSize);
        _hidden = Register("hidden", new Linear<float>(pooled, Units, generator, device: device));
        _output = Register("output", new Linear<float>(Units, 1, generator, device: device));

        // PyTorch draws values for the filters too, before the tutorial puts its own there.
        for (var i = 0; i < _filters.Weight.Count + _filters.Bias!.Count; i++)
        {
            random.NextUInt32();
        }

        Draw(_hidden, random);
        Draw(_output, random);
    }

    /// <summary>The filters as they are now, one after the other.</summary>
    public float[] Filters => _filters.Weight.ToArray();

    /// <summary>Images of gratings, 0 where black and 1 where white, as in Tutorial 3.</summary>
    public static Tensor<float> Images(ReadOnlySpan<double> degrees, Device device)
    {
        var (height, width) = Grating.Size(Resolution);
        var pixels = Grating.Draw(degrees, Resolution);
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] += 0.5f;
        }

        return Tensor.Create(pixels, [degrees.Length, 1, height, width], device);
    }

    /// <summary>What the network computes of images on its way: the pooled maps and the hidden units, a row per image.</summary>
    public (Tensor<float> Pooled, Tensor<float> Hidden) Layers(Tensor<float> images)
    {
        var pooled = _filters.Forward(images).Relu().MaxPool2d(PoolSize).Flatten(1);
        return (pooled, _hidden.Forward(pooled));
    }

    /// <summary>How the pooled maps and the hidden units represent gratings.</summary>
    public (Representation Pooled, Representation Hidden) Represent(double[] degrees, Device device)
    {
        using var scope = new Tape(record: false);
        var (pooled, hidden) = Layers(Images(degrees, device));
        return (
            new("pooled", "Network, pooled maps", pooled.ToArray(), degrees.Length, isSimulated: false),
            new("hidden", "Network, hidden units", hidden.ToArray(), degrees.Length, isSimulated: false));
    }

    /// <summary>The values of PyTorch's <c>Linear</c>: evenly in ±1/√inputs.</summary>
    private static void Draw(Linear<float> layer, MersenneTwister random)
    {
        var bound = (float)(1 / Math.Sqrt(layer.Inputs));
        foreach (var parameter in (Parameter<float>[])[layer.Weight, layer.Bias!])
        {
            var values = new float[parameter.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = random.NextSingle(bound);
            }

            parameter.Assign(values);
        }
    }

    /// <inheritdoc/>
    public override Tensor<float> Forward(Tensor<float> input) => _output.Forward(Layers(input).Hidden.Relu());
}
