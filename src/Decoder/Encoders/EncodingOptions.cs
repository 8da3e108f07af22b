using Decoder.Models;
using Decoder.Simulation;

namespace Decoder.Encoders;

/// <summary>What encoder to train, and how.</summary>
internal sealed record EncodingOptions
{
    /// <summary>What responses are predicted from.</summary>
    public required EncoderInput Input { get; init; }

    /// <summary>What follows the first layer.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Full-batch steps.</summary>
    public required int Epochs { get; init; }

    /// <summary>Learning rate: of gradient descent with momentum 0.9 for images, of Adam for angles.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Width of the bins in which trials are averaged, degrees.</summary>
    public required double BinWidth { get; init; }

    /// <summary>Decides initial values and which trials are held out.</summary>
    public required ulong Seed { get; init; }

    /// <summary>
    /// The tutorial's learning rate for images, 2 for its 23,589 neurons, and in proportion less for fewer: the loss is a mean over neurons, so the step of each neuron's weights is as long
    /// for any number of them. Without this the training of a small population diverges.
    /// </summary>
    public static double ImageLearningRate(int neurons) => 2 * Math.Min(1.0, (double)neurons / SimulationOptions.DefaultNeurons);

    /// <summary>The tutorial's for images; for angles what converges as far.</summary>
    public static EncodingOptions Default(EncoderInput input) => input == EncoderInput.Image
        ? new() { Input = input, Activation = Activation.Linear, Epochs = 200, LearningRate = 2, BinWidth = 6, Seed = 0 }
        : new() { Input = input, Activation = Activation.Tanh, Epochs = 500, LearningRate = 0.01, BinWidth = 6, Seed = 0 };
}
