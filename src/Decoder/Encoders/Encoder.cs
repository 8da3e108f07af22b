using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Encoders;

/// <summary>A network from stimuli to the responses of all neurons.</summary>
internal abstract class Encoder : Module<float>
{
    /// <summary>The filters of an encoder of images, one after the other; else null.</summary>
    public virtual float[]? Filters => null;

    /// <summary>What the network sees of stimuli.</summary>
    public abstract Tensor<float> Inputs(ReadOnlySpan<double> degrees, Device device);

    /// <summary>Makes a network with its initial values.</summary>
    public static Encoder Create(EncodingOptions options, int neurons, Device device)
    {
        var generator = new Generator(options.Seed);
        return options.Input == EncoderInput.Image
            ? new ImageEncoder(neurons, options.Activation, generator, device)
            : new AngleEncoder(neurons, options.Activation, generator, device);
    }

    /// <summary>The predicted responses, row-major, stimuli x neurons.</summary>
    public float[] Predict(ReadOnlySpan<double> degrees, Device device)
    {
        using var scope = new Tape(record: false);
        return Forward(Inputs(degrees, device)).ToArray();
    }
}
