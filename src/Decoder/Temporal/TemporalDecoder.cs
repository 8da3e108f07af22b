using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Preprocessing;

namespace Decoder.Temporal;

/// <summary>Trains networks on the training trials of folds, and decodes the test trials. Nothing of a test trial is seen before it is decoded.</summary>
/// <param name="traces">The binned traces.</param>
/// <param name="stimuli">The stimuli of all trials; those of test trials are only compared with.</param>
/// <param name="options">How to train.</param>
/// <param name="device">Where.</param>
internal sealed class TemporalDecoder(BinnedTraces traces, float[] stimuli, TemporalOptions options, Device device)
{
    /// <summary>Decodes the test trials of a fold.</summary>
    /// <param name="model">What the decoder makes of time.</param>
    /// <param name="firstBin">The first bin that it sees.</param>
    /// <param name="bins">How many it sees.</param>
    /// <param name="split">The fold.</param>
    /// <param name="learned">A stimulus for each training trial, in the order of the fold.</param>
    /// <param name="cancellation">Ends training after the step that runs.</param>
    /// <returns>Test trials in the order of the fold, with the stimuli of the recording.</returns>
    public IReadOnlyList<Prediction> Decode(TemporalModel model, int firstBin, int bins, DataSplit split, float[] learned, CancellationToken cancellation)
    {
        var objective = Objective.Create(options.Output, learned);
        var (train, test) = (Inputs(model, firstBin, bins, split.Train), Inputs(model, firstBin, bins, split.Test));
        var neurons = traces.NeuronCount;
        var standardization = Standardization.Fit(train, neurons);
        standardization.Apply(train);
        standardization.Apply(test);
        var steps = model == TemporalModel.Static ? 1 : bins;
        var network = new TemporalNetwork(model, neurons, steps, objective.OutputCount, options.Dropout, new Generator(options.Seed), device);
        var optimizer = new AdamW<float>(network.Parameters, options.LearningRate, weightDecay: options.WeightDecay);
        var input = Tensor.Create(train, [split.Train.Length, steps, neurons], device);
        var targets = objective.CreateTargets(learned, device);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var tape = new Tape();
            optimizer.ZeroGradient();
            tape.Backward(targets.Loss(network.Forward(input)));
            optimizer.Step();
        }

        network.Evaluate();
        using var scope = new Tape(record: false);
        var outputs = network.Forward(Tensor.Create(test, [split.Test.Length, steps, neurons], device)).ToArray();
        return [.. split.Test.Select((row, i) => objective.Decode(row, outputs.AsSpan(i * objective.OutputCount, objective.OutputCount), stimuli[row]))];
    }

    /// <summary>Trials x bins x neurons; of the static decoder the mean over bins.</summary>
    private float[] Inputs(TemporalModel model, int firstBin, int bins, int[] trials)
    {
        var course = traces.Select(trials, firstBin, bins);
        if (model != TemporalModel.Static)
        {
            return course;
        }

        var neurons = traces.NeuronCount;
        var means = new float[trials.Length * neurons];
        for (var i = 0; i < means.Length; i++)
        {
            var (trial, neuron) = Math.DivRem(i, neurons);
            var sum = 0.0;
            for (var bin = 0; bin < bins; bin++)
            {
                sum += course[(trial * bins + bin) * neurons + neuron];
            }

            means[i] = (float)(sum / bins);
        }

        return means;
    }
}
