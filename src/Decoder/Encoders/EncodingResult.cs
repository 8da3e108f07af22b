namespace Decoder.Encoders;

/// <summary>How well an encoder predicts. Squared errors are means over stimuli and neurons, in squared z-scores of single trials.</summary>
/// <param name="Source">Where the data are from.</param>
/// <param name="Simulated">Whether the data are simulated.</param>
/// <param name="Neurons">Number of neurons.</param>
/// <param name="Stimuli">Number of bins of stimuli in the training set.</param>
/// <param name="Options">What was trained, and how.</param>
/// <param name="Parameters">Number of trained numbers.</param>
/// <param name="UntrainedMse">On the training set, before the first step.</param>
/// <param name="TrainMse">On the training set.</param>
/// <param name="TestMse">On held-out trials.</param>
/// <param name="ConstantMse">On held-out trials, by the mean of each neuron in the training set: what an encoder must beat.</param>
/// <param name="MedianCorrelation">Between predicted and held-out tuning curve, median over neurons whose responses vary.</param>
/// <param name="RepeatMse">On held-out trials, by the training trials of the same bin, as they are; null where the bins of the two sets differ.</param>
internal sealed record EncodingResult(
    string Source,
    bool Simulated,
    int Neurons,
    int Stimuli,
    EncodingOptions Options,
    long Parameters,
    double UntrainedMse,
    double TrainMse,
    double TestMse,
    double ConstantMse,
    double MedianCorrelation,
    double? RepeatMse = null);
