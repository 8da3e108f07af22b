using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>One operation on libtorch and its vector-Jacobian product with respect to some of its operands.</summary>
/// <param name="threads">How many threads may be used.</param>
/// <param name="operands">The operands; the last stands for the gradient of the result.</param>
/// <param name="differentiated">The numbers of the operands whose gradients are asked for.</param>
/// <param name="operation">The operation.</param>
public sealed class TorchGradient(int threads, Operand[] operands, int[] differentiated, Func<torch.Tensor[], torch.Tensor> operation)
    : ICompetitor
{
    private torch.Tensor[] _inputs = [];

    /// <inheritdoc />
    public void Setup()
    {
        torch.set_num_threads(threads);
        _inputs = [.. operands.Select((operand, number) => TorchTensors.Create(operand.Values(number), Lengths(operand)))];
        foreach (var number in differentiated)
        {
            _inputs[number].requires_grad_(true);
        }

        using var result = operation(_inputs[..^1]);
        TorchTensors.Require("result", result, Lengths(operands[^1]));
    }

    /// <inheritdoc />
    public void Step()
    {
        using var scope = torch.NewDisposeScope();
        Gradients();
    }

    /// <inheritdoc />
    public double[] Result()
    {
        using var scope = torch.NewDisposeScope();
        return [.. Gradients().SelectMany(gradient => Array.ConvertAll(gradient.contiguous().data<float>().ToArray(), value => (double)value))];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }

    private IList<torch.Tensor> Gradients() =>
        torch.autograd.grad([operation(_inputs[..^1])], Array.ConvertAll(differentiated, number => _inputs[number]), [_inputs[^1]]);

    private static long[] Lengths(Operand operand) => Array.ConvertAll(operand.Shape, Convert.ToInt64);
}
