using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Benchmarks.Peers;

/// <summary>The seed workload on libtorch, through TorchSharp as its users write it.</summary>
public sealed class TorchSeedStep(int threads) : ICompetitor
{
    private Tensor? _responses;
    private Tensor? _stimuli;
    private Sequential? _network;
    private optim.Optimizer? _optimizer;

    /// <inheritdoc />
    public string Name => "libtorch (TorchSharp)";

    /// <inheritdoc />
    public void Setup()
    {
        var workload = SeedWorkload.Shared;
        set_num_threads(threads);
        _responses = ToTensor(workload.Responses, SeedWorkload.Samples, SeedWorkload.Features);
        _stimuli = ToTensor(workload.Stimuli, SeedWorkload.Samples, 1);

        var hidden = Linear(SeedWorkload.Features, SeedWorkload.Hidden);
        var output = Linear(SeedWorkload.Hidden, 1);
        Fill(hidden.weight, workload.HiddenWeight);
        Fill(hidden.bias, workload.HiddenBias);
        Fill(output.weight, workload.OutputWeight);
        Fill(output.bias, workload.OutputBias);
        _network = Sequential(hidden, ReLU(), output);
        _optimizer = optim.Adam(_network.parameters(), SeedWorkload.LearningRate);
        RequireShapes(hidden, output);
    }

    /// <inheritdoc />
    public double Step()
    {
        using var scope = NewDisposeScope();
        _optimizer!.zero_grad();
        var loss = functional.mse_loss(_network!.forward(_responses!), _stimuli!);
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _optimizer?.Dispose();
        _network?.Dispose();
        _stimuli?.Dispose();
        _responses?.Dispose();
    }

    // A shape error inside libtorch's matmul ends the process, and mse_loss broadcasts [n] against [n, 1] without a word: both
    // are ruled out here, before the first step.
    private void RequireShapes(Linear hidden, Linear output)
    {
        Require("responses", _responses!, SeedWorkload.Samples, SeedWorkload.Features);
        Require("stimuli", _stimuli!, SeedWorkload.Samples, 1);
        Require("hidden weight", hidden.weight, SeedWorkload.Hidden, SeedWorkload.Features);
        Require("hidden bias", hidden.bias, SeedWorkload.Hidden);
        Require("output weight", output.weight, 1, SeedWorkload.Hidden);
        Require("output bias", output.bias, 1);
    }

    private static void Require(string name, Tensor? tensor, params long[] shape)
    {
        if (tensor is null || !tensor.shape.SequenceEqual(shape))
        {
            throw new InvalidOperationException(
                $"libtorch: {name} has the shape [{string.Join(", ", tensor?.shape ?? [])}], expected [{string.Join(", ", shape)}].");
        }
    }

    private static Tensor ToTensor(float[] values, params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        if (values.Length != count)
        {
            throw new ArgumentException($"{values.Length} values do not fill the shape [{string.Join(", ", shape)}] of {count}.", nameof(values));
        }

        return tensor(values, shape);
    }

    private static void Fill(Tensor? parameter, float[] values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        using var initial = ToTensor(values, parameter.shape);
        using (no_grad())
        {
            parameter.copy_(initial);
        }
    }
}
