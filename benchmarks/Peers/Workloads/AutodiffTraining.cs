using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Peers;

/// <summary>Regression on this library, as its users write it; a step is an epoch.</summary>
public sealed class AutodiffTraining(int threads, Func<RegressionWorkload> makeWorkload) : ICompetitor
{
    private readonly List<(Tensor<float> Responses, Tensor<float> Stimuli)> _batches = [];
    private Sequential<float> _network = null!;
    private Adam<float> _optimizer = null!;
    private double _loss;

    /// <inheritdoc />
    public void Setup()
    {
        Device.CpuThreads = threads;
        var workload = makeWorkload();
        var generator = new Generator(seed: 0);
        var hidden = new Linear<float>(workload.Features, workload.Hidden, generator, device: Device.Cpu);
        var output = new Linear<float>(workload.Hidden, 1, generator, device: Device.Cpu);
        hidden.Weight.Assign(workload.HiddenWeight);
        hidden.Bias!.Assign(workload.HiddenBias);
        output.Weight.Assign(workload.OutputWeight);
        output.Bias!.Assign(workload.OutputBias);

        var responses = ToTensor(workload.Responses, [workload.Samples, workload.Features]);
        var stimuli = ToTensor(workload.Stimuli, [workload.Samples, 1]);
        for (var start = 0; start + workload.Batch <= workload.Samples; start += workload.Batch)
        {
            var end = start + workload.Batch;
            _batches.Add((responses[start..end], stimuli[start..end]));
        }

        _network = [hidden, new Relu<float>(), output];
        _optimizer = new Adam<float>(_network.Parameters, RegressionWorkload.LearningRate);
    }

    /// <inheritdoc />
    public void Step()
    {
        foreach (var (responses, stimuli) in _batches)
        {
            using var tape = new Tape();
            _optimizer.ZeroGradient();
            var loss = Loss.MeanSquaredError(_network.Forward(responses), stimuli);
            tape.Backward(loss);
            _optimizer.Step();
            _loss = loss.Item();
        }
    }

    /// <inheritdoc />
    public double[] Result() => [_loss];

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static Tensor<float> ToTensor(float[] values, Shape shape) => Tensor.Create(values, shape, Device.Cpu);
}
