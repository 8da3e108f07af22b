using TorchSharp;

namespace Benchmarks.Peers;

/// <summary>A chain of scalings of one number on libtorch, recorded and differentiated.</summary>
/// <param name="length">The operations of the chain.</param>
public sealed class TorchChain(int length) : ICompetitor
{
    private torch.Tensor? _start;
    private double _value;

    /// <inheritdoc />
    public void Setup()
    {
        torch.set_num_threads(1);
        _start = torch.ones([], requires_grad: true);
    }

    /// <inheritdoc />
    public void Step()
    {
        using var scope = torch.NewDisposeScope();
        var x = _start!;
        for (var i = 0; i < length; i++)
        {
            x = x.mul(1.0001f);
        }

        _start!.grad?.zero_();
        x.backward();
        _value = x.item<float>();
    }

    /// <inheritdoc />
    public double[] Result() => [_value];

    /// <inheritdoc />
    public void Dispose() => _start?.Dispose();
}
