using TorchSharp;
using TorchSharp.Modules;

namespace Benchmarks.Peers;

/// <summary>The optimizer's step alone, on libtorch.</summary>
public sealed class TorchAdam(int threads, Operand parameter) : ICompetitor
{
    private Parameter? _parameter;
    private torch.optim.Optimizer? _optimizer;

    /// <inheritdoc />
    public void Setup()
    {
        torch.set_num_threads(threads);
        var shape = Array.ConvertAll(parameter.Shape, Convert.ToInt64);
        _parameter = torch.nn.Parameter(TorchTensors.Create(parameter.Values(0), shape));
        _parameter.grad = TorchTensors.Create(parameter.Values(1), shape);
        _optimizer = torch.optim.Adam([_parameter]);
    }

    /// <inheritdoc />
    public void Step()
    {
        using var scope = torch.NewDisposeScope();
        _optimizer!.step();
    }

    /// <inheritdoc />
    public double[] Result()
    {
        using var values = _parameter!.detach();
        return Array.ConvertAll(values.data<float>().ToArray(), value => (double)value);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _optimizer?.Dispose();
        _parameter?.Dispose();
    }
}
