using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>One operation on libtorch, without derivatives.</summary>
public sealed class TorchOperation(int threads, torch.ScalarType type, Operand[] operands, Func<torch.Tensor[], torch.Tensor> operation)
    : ICompetitor
{
    private torch.Tensor[] _inputs = [];

    /// <inheritdoc />
    public void Setup()
    {
        torch.set_num_threads(threads);
        using var scope = torch.NewDisposeScope();
        _inputs = operands.Select((operand, number) =>
        {
            var stored = TorchTensors.Create(operand.Values(number), Array.ConvertAll(operand.StoredShape, Convert.ToInt64)).to_type(type);
            var seen = operand.IsTransposed ? stored.transpose(-2, -1) : stored;
            TorchTensors.Require($"operand {number}", seen, Array.ConvertAll(operand.Shape, Convert.ToInt64));
            return seen.MoveToOuterDisposeScope();
        }).ToArray();
    }

    /// <inheritdoc />
    public void Step()
    {
        using var result = operation(_inputs);
    }

    /// <inheritdoc />
    public double[] Result()
    {
        using var result = operation(_inputs);
        using var contiguous = result.contiguous();
        return type == torch.ScalarType.Float64
            ? contiguous.data<double>().ToArray()
            : Array.ConvertAll(contiguous.data<float>().ToArray(), value => (double)value);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }
}
