using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Peers;

/// <summary>The seed workload on this library, as its users write it.</summary>
public sealed class AutodiffSeedStep(int threads) : ICompetitor
{
    private Tensor<float> _responses = null!;
    private Tensor<float> _stimuli = null!;
    private Sequential<float> _network = null!;
    private Adam<float> _optimizer = null!;

    /// <inheritdoc />
    public string Name => "Autodiff";

    /// <inheritdoc />
    public void Setup()
    {
        var workload = SeedWorkload.Shared;
        var generator = new Generator(seed: 0);
        var hidden = new Linear<float>(SeedWorkload.Features, SeedWorkload.Hidden, generator, device: Device.Cpu);
        var output = new Linear<float>(SeedWorkload.Hidden, 1, generator, device: Device.Cpu);
        hidden.Weight.Assign(ToTensor(workload.HiddenWeight, hidden.Weight.Shape));
        hidden.Bias!.Assign(ToTensor(workload.HiddenBias, hidden.Bias.Shape));
        output.Weight.Assign(ToTensor(workload.OutputWeight, output.Weight.Shape));
        output.Bias!.Assign(ToTensor(workload.OutputBias, output.Bias.Shape));

        _responses = ToTensor(workload.Responses, [SeedWorkload.Samples, SeedWorkload.Features]);
        _stimuli = ToTensor(workload.Stimuli, [SeedWorkload.Samples, 1]);
        _network = [hidden, new Autodiff.Relu<float>(), output];
        _optimizer = new Adam<float>(_network.Parameters, SeedWorkload.LearningRate);
    }

    /// <inheritdoc />
    public double Step()
    {
        Device.CpuThreads = threads;
        using var tape = new Tape();
        _optimizer.ZeroGradient();
        var loss = Loss.MeanSquaredError(_network.Forward(_responses), _stimuli);
        tape.Backward(loss);
        _optimizer.Step();
        return loss.Item();
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static Tensor<float> ToTensor(float[] values, Shape shape) => Tensor.Create(values, shape, Device.Cpu);
}
