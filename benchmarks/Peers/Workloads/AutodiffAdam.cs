using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Peers;

/// <summary>The optimizer's step alone, on this library.</summary>
public sealed class AutodiffAdam(int threads, Operand parameter) : ICompetitor
{
    private Parameter<float> _parameter = null!;
    private Adam<float> _optimizer = null!;

    /// <inheritdoc />
    public void Setup()
    {
        Device.CpuThreads = threads;
        _parameter = new Parameter<float>(Tensor.Create(parameter.Values(0), new Shape(parameter.Shape), Device.Cpu));
        _parameter.SetGradient(Tensor.Create(parameter.Values(1), new Shape(parameter.Shape), Device.Cpu));
        _optimizer = new Adam<float>([_parameter]);
    }

    /// <inheritdoc />
    public void Step() => _optimizer.Step();

    /// <inheritdoc />
    public double[] Result() => Array.ConvertAll(_parameter.ToArray(), value => (double)value);

    /// <inheritdoc />
    public void Dispose() => _parameter.ZeroGradient();
}
