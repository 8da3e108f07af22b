using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Peers;

/// <summary>Regression on this library, as its users write it; a step is an epoch.</summary>
public sealed class AutodiffTraining(int threads, Func<RegressionWorkload> makeWorkload) : ICompetitor
{
    private readonly List<Func<(Tensor<float> Responses, Tensor<float> Stimuli)>> _batches = [];
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

        if (workload.Order is null)
        {
            AddConsecutiveBatches(workload);
        }
        else
        {
            AddGatheredBatches(workload, workload.Order);
        }

        _network = [hidden, new Relu<float>(), output];
        _optimizer = new Adam<float>(_network.Parameters, RegressionWorkload.LearningRate);
    }

    /// <inheritdoc />
    public void Step()
    {
        foreach (var batch in _batches)
        {
            using var tape = new Tape();
            var (responses, stimuli) = batch();
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

    private void AddConsecutiveBatches(RegressionWorkload workload)
    {
        var responses = ToTensor(workload.Responses, [workload.Samples, workload.Features]);
        var stimuli = ToTensor(workload.Stimuli, [workload.Samples, 1]);
        for (var start = 0; start + workload.Batch <= workload.Samples; start += workload.Batch)
        {
            var end = start + workload.Batch;
            var batch = (responses[start..end], stimuli[start..end]);
            _batches.Add(() => batch);
        }
    }

    /// <summary>Straight from the arrays, as the decoder's training does it.</summary>
    private void AddGatheredBatches(RegressionWorkload workload, int[] order)
    {
        for (var start = 0; start + workload.Batch <= workload.Samples; start += workload.Batch)
        {
            var rows = order[start..(start + workload.Batch)];
            _batches.Add(() => (Gather(workload.Responses, workload.Features, rows), Gather(workload.Stimuli, 1, rows)));
        }
    }

    private static Tensor<float> Gather(float[] from, int columns, int[] rows) => Tensor.Create<float>(
        [rows.Length, columns],
        (values, first) =>
        {
            for (var i = 0; i < values.Length / columns; i++)
            {
                from.AsSpan(rows[first + i] * columns, columns).CopyTo(values[(i * columns)..]);
            }
        },
        Device.Cpu);

    private static Tensor<float> ToTensor(float[] values, Shape shape) => Tensor.Create(values, shape, Device.Cpu);
}
