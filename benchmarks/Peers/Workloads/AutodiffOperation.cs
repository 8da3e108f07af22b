using System.Numerics;
using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Peers;

/// <summary>One operation on this library, without derivatives, in a scope that returns its memory.</summary>
public sealed class AutodiffOperation<T>(int threads, Operand[] operands, Func<Tensor<T>[], Tensor<T>> operation) : ICompetitor
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private Tensor<T>[] _inputs = [];

    /// <inheritdoc />
    public void Setup()
    {
        Device.CpuThreads = threads;
        _inputs = operands.Select((operand, number) =>
        {
            var values = Array.ConvertAll(operand.Values(number), T.CreateChecked);
            var stored = Tensor.Create(values, new Shape(operand.StoredShape), Device.Cpu);
            return operand.IsTransposed ? stored.Transpose() : stored;
        }).ToArray();
    }

    /// <inheritdoc />
    public void Step()
    {
        using var scope = new Tape(record: false);
        operation(_inputs);
    }

    /// <inheritdoc />
    public double[] Result()
    {
        using var scope = new Tape(record: false);
        return Array.ConvertAll(operation(_inputs).ToArray(), double.CreateChecked);
    }

    /// <inheritdoc />
    public void Dispose() => Device.Cpu.EmptyCache();
}
