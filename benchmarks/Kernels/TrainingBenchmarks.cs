using Autodiff;
using Autodiff.Kernels;
using BenchmarkDotNet.Attributes;

namespace Benchmarks.Kernels;

/// <summary>What surrounds the kernels: the optimizer, the tape, and a small training step made of both.</summary>
public class TrainingBenchmarks
{
    private const int Chain = 1000;

    private Parameter<float> _weight = null!, _scalar = null!;
    private Adam<float> _adam = null!, _networkAdam = null!;
    private Sequential<float> _network = null!;
    private Tensor<float> _responses = null!, _stimuli = null!;

    /// <summary>Makes parameters, gradients and data.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var generator = new Generator(seed: 0);
        _weight = new Parameter<float>(Tensor.Ones<float>([100, 23_589], Device.Cpu));
        _weight.SetGradient(Tensor.Ones<float>([100, 23_589], Device.Cpu));
        _adam = new Adam<float>([_weight]);
        _scalar = new Parameter<float>(Tensor.Scalar(1f, Device.Cpu));
        _network = [new Linear<float>(784, 100, generator, device: Device.Cpu), new Relu<float>(), new Linear<float>(100, 1, generator, device: Device.Cpu)];
        _networkAdam = new Adam<float>(_network.Parameters);
        _responses = Tensor.Ones<float>([32, 784], Device.Cpu);
        _stimuli = Tensor.Ones<float>([32, 1], Device.Cpu);
    }

    /// <summary>Adam's step of 2.36 million weights.</summary>
    [Benchmark]
    public void AdamStep() => _adam.Step();

    /// <summary>A scaling of one number without a tape; per operation.</summary>
    [Benchmark(OperationsPerInvoke = Chain)]
    public void BareOperation()
    {
        using var tape = new Tape(record: false);
        Scale();
    }

    /// <summary>The same, recorded and differentiated; per operation.</summary>
    [Benchmark(OperationsPerInvoke = Chain)]
    public void RecordedOperation()
    {
        using var tape = new Tape();
        var x = Scale();
        _scalar.ZeroGradient();
        tape.Backward(x);
    }

    /// <summary>A training step of 32 samples of 784 features with 100 hidden units.</summary>
    [Benchmark]
    public float MiniBatchStep()
    {
        using var tape = new Tape();
        _networkAdam.ZeroGradient();
        var loss = Loss.MeanSquaredError(_network.Forward(_responses), _stimuli);
        tape.Backward(loss);
        _networkAdam.Step();
        return loss.Item();
    }

    private Tensor<float> Scale()
    {
        Tensor<float> x = _scalar;
        for (var i = 0; i < Chain; i++)
        {
            x *= 1.0001f;
        }

        return x;
    }
}
