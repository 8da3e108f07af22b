using Autodiff;
using Autodiff.Kernels;

namespace Decoder.Models;

/// <summary>
/// Networks from responses to the outputs of an objective: linear layers, each but the last with its nonlinearity and dropout behind it. Those of an ensemble are one network whose layers are
/// those of all members.
/// </summary>
public static class DecoderNetwork
{
    /// <summary>Makes a network with PyTorch's initial values. Parameters are called <c>hidden1.weight</c>, ..., <c>output.bias</c>.</summary>
    /// <param name="neurons">Number of inputs.</param>
    /// <param name="options">Hidden layers.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="generator">Where the initial values, and later the random numbers of dropout, come from. Member k of an ensemble starts as the network of the seed k further on would.</param>
    /// <param name="device">Where to make it.</param>
    public static Sequential<float> Create(int neurons, ModelOptions options, int outputs, Generator generator, Device device)
    {
        var layers = new List<(string, Module<float>)>();
        Generator[] generators = [generator, .. Enumerable.Range(1, options.Ensemble - 1).Select(member => new Generator(generator.Seed + (ulong)member))];
        if (options.InputDropout > 0)
        {
            layers.Add(("input_dropout", new Dropout<float>(options.InputDropout, generator)));
        }

        var inputs = neurons;
        for (var i = 0; i < options.Hidden.Count; i++)
        {
            var name = $"hidden{i + 1}";
            layers.Add((name, CreateLinear(inputs, options.Hidden[i], generators, device)));
            if (options.Activation != Activation.Linear)
            {
                layers.Add(($"{name}_activation", CreateActivation(options.Activation)));
            }

            if (options.Dropout > 0)
            {
                layers.Add(($"{name}_dropout", new Dropout<float>(options.Dropout, generator)));
            }

            inputs = options.Hidden[i];
        }

        layers.Add(("output", CreateLinear(inputs, outputs, generators, device)));
        return new Sequential<float>([.. layers]);
    }

    private static Module<float> CreateLinear(int inputs, int outputs, Generator[] generators, Device device) => generators.Length == 1
        ? new Linear<float>(inputs, outputs, generators[0], device: device)
        : new EnsembleLinear<float>(inputs, outputs, generators, device);

    /// <summary>The nonlinearity of a name, but for <see cref="Activation.Linear"/>, which is none.</summary>
    internal static Module<float> CreateActivation(Activation activation) => activation switch
    {
        Activation.Relu => new Relu<float>(),
        Activation.Sigmoid => new Sigmoid<float>(),
        Activation.Tanh => new Tanh<float>(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "There is no such activation."),
    };
}
