using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Peers;

/// <summary>One operation on this library and its vector-Jacobian product with respect to some of its operands.</summary>
/// <param name="threads">How many threads may be used.</param>
/// <param name="operands">The operands; the last stands for the gradient of the result.</param>
/// <param name="differentiated">The numbers of the operands whose gradients are asked for.</param>
/// <param name="operation">The operation.</param>
public sealed class AutodiffGradient(int threads, Operand[] operands, int[] differentiated, Func<Tensor<float>[], Tensor<float>> operation)
    : ICompetitor
{
    private Tensor<float>[] _inputs = [];

    /// <inheritdoc />
    public void Setup()
    {
        Device.CpuThreads = threads;
        _inputs = [.. operands.Select((operand, number) => Tensor.Create(operand.Values(number), new Shape(operand.Shape), Device.Cpu))];
    }

    /// <inheritdoc />
    public void Step()
    {
        using var tape = new Tape();
        Gradients(tape);
    }

    /// <inheritdoc />
    public double[] Result()
    {
        using var tape = new Tape();
        return [.. Gradients(tape).SelectMany(gradient => Array.ConvertAll(gradient!.ToArray(), value => (double)value))];
    }

    /// <inheritdoc />
    public void Dispose() => Device.Cpu.EmptyCache();

    private Tensor<float>?[] Gradients(Tape tape)
    {
        var inputs = _inputs[..^1];
        foreach (var number in differentiated)
        {
            inputs[number] = tape.Watch(inputs[number]);
        }

        return tape.Gradient(operation(inputs), Array.ConvertAll(differentiated, number => inputs[number]), _inputs[^1]);
    }
}
