using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Benchmarks.Peers;

/// <summary>Regression on libtorch, through TorchSharp as its users write it; a step is an epoch.</summary>
public sealed class TorchTraining(int threads, Func<RegressionWorkload> makeWorkload) : ICompetitor
{
    private readonly List<Func<(Tensor Responses, Tensor Stimuli)>> _batches = [];
    private readonly List<Tensor> _tensors = [];
    private Sequential? _network;
    private optim.Optimizer? _optimizer;
    private double _loss;

    /// <inheritdoc />
    public void Setup()
    {
        var workload = makeWorkload();
        set_num_threads(threads);
        var responses = Hold(TorchTensors.Create(workload.Responses, workload.Samples, workload.Features));
        var stimuli = Hold(TorchTensors.Create(workload.Stimuli, workload.Samples, 1));
        for (var start = 0; start + workload.Batch <= workload.Samples; start += workload.Batch)
        {
            if (workload.Order is { } order)
            {
                var rows = Hold(tensor(Array.ConvertAll(order[start..(start + workload.Batch)], row => (long)row)));
                _batches.Add(() => (responses.index_select(0, rows), stimuli.index_select(0, rows)));
            }
            else
            {
                var batch = (Hold(responses.narrow(0, start, workload.Batch)), Hold(stimuli.narrow(0, start, workload.Batch)));
                _batches.Add(() => batch);
            }
        }

        var hidden = Linear(workload.Features, workload.Hidden);
        var output = Linear(workload.Hidden, 1);
        Fill(hidden.weight, workload.HiddenWeight);
        Fill(hidden.bias, workload.HiddenBias);
        Fill(output.weight, workload.OutputWeight);
        Fill(output.bias, workload.OutputBias);
        _network = Sequential(hidden, ReLU(), output);
        _optimizer = optim.Adam(_network.parameters(), RegressionWorkload.LearningRate);

        // A shape error inside libtorch's matmul ends the process, and mse_loss broadcasts [n] against [n, 1] without a word: both
        // are ruled out here, before the first step.
        using (NewDisposeScope())
        {
            var (firstResponses, firstStimuli) = _batches[0]();
            TorchTensors.Require("responses", firstResponses, workload.Batch, workload.Features);
            TorchTensors.Require("stimuli", firstStimuli, workload.Batch, 1);
        }

        TorchTensors.Require("hidden weight", hidden.weight, workload.Hidden, workload.Features);
        TorchTensors.Require("hidden bias", hidden.bias, workload.Hidden);
        TorchTensors.Require("output weight", output.weight, 1, workload.Hidden);
        TorchTensors.Require("output bias", output.bias, 1);
    }

    /// <inheritdoc />
    public void Step()
    {
        foreach (var batch in _batches)
        {
            using var scope = NewDisposeScope();
            var (responses, stimuli) = batch();
            _optimizer!.zero_grad();
            var loss = functional.mse_loss(_network!.forward(responses), stimuli);
            loss.backward();
            _optimizer.step();
            _loss = loss.item<float>();
        }
    }

    /// <inheritdoc />
    public double[] Result() => [_loss];

    /// <inheritdoc />
    public void Dispose()
    {
        _optimizer?.Dispose();
        _network?.Dispose();
        _tensors.ForEach(held => held.Dispose());
    }

    private Tensor Hold(Tensor held)
    {
        _tensors.Add(held);
        return held;
    }

    private static void Fill(Tensor? parameter, float[] values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        using var initial = TorchTensors.Create(values, parameter.shape);
        using (no_grad())
        {
            parameter.copy_(initial);
        }
    }
}
