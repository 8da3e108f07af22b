using System.Text.Json.Serialization;
using Decoder.Preprocessing;

namespace Decoder.Models;

/// <summary>What a decoder is made of; with the number of neurons this fixes every shape.</summary>
public sealed record ModelOptions
{
    /// <summary>Units of each hidden layer, from the responses on; empty for a linear decoder.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [100];

    /// <summary>
    /// Number of networks that are trained side by side and averaged. They see the same batches and, where neurons are left out, leave out the same; each has its own initial values and leaves out
    /// hidden units of its own.
    /// </summary>
    public int Ensemble { get; init; } = 1;

    /// <summary>The nonlinearity behind each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>What is output and minimized.</summary>
    public LossKind Loss { get; init; } = LossKind.Mse;

    /// <summary>The period of the decoded angle: 360 degrees for direction, 180 for orientation.</summary>
    public int Period { get; init; } = 360;

    /// <summary>Number of classes, for <see cref="LossKind.Classes"/>.</summary>
    public int Classes { get; init; } = 20;

    /// <summary>
    /// For <see cref="LossKind.Classes"/>, the standard deviation in degrees with which a stimulus is spread over neighbouring classes in training; 0 for the one class it is in.
    /// </summary>
    public double LabelWidth { get; init; }

    /// <summary>Probability with which each hidden unit is left out of a training step.</summary>
    public double Dropout { get; init; }

    /// <summary>Probability with which each neuron is left out of a training step.</summary>
    public double InputDropout { get; init; }

    /// <summary>What happens to the responses first.</summary>
    public Normalization Normalization { get; init; }

    /// <summary>How many principal components of the training set are removed after that.</summary>
    public int RemovedComponents { get; init; }

    /// <summary>What happens to the responses before the network sees them.</summary>
    [JsonIgnore]
    public PreprocessingOptions Preprocessing => new(Normalization, RemovedComponents);
}
