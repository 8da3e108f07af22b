using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Peers;

/// <summary>A chain of scalings of one number on this library: nothing but overhead.</summary>
/// <param name="length">The operations of the chain.</param>
/// <param name="records">Whether the chain is recorded and differentiated, or only computed.</param>
public sealed class AutodiffChain(int length, bool records) : ICompetitor
{
    private Parameter<float> _start = null!;
    private double _value;

    /// <inheritdoc />
    public void Setup()
    {
        Device.CpuThreads = 1;
        _start = new Parameter<float>(Tensor.Scalar(1f, Device.Cpu));
    }

    /// <inheritdoc />
    public void Step()
    {
        using var tape = new Tape(records);
        Tensor<float> x = _start;
        for (var i = 0; i < length; i++)
        {
            x *= 1.0001f;
        }

        if (records)
        {
            _start.ZeroGradient();
            tape.Backward(x);
        }

        _value = x.Item();
    }

    /// <inheritdoc />
    public double[] Result() => [_value];

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
