using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>An Adam step that makes some of its gradients itself.</summary>
/// <param name="adam">The step as it was recorded, whose numbers are taken.</param>
/// <param name="products">The parameters whose gradients are products.</param>
/// <param name="others">The others.</param>
internal sealed class AdamProductsCommand<T>(Command<AdamCall<T>> adam, MatMulAdamCall<T>[] products, AdamParameter<T>[] others) : Command(adam.Device)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private AdamCall<T> _others = new(others, others.Length, adam.Call.Step);

    /// <inheritdoc/>
    public override Command NumbersOf => adam;

    /// <inheritdoc/>
    public override bool FitsGraphs => adam.FitsGraphs;

    /// <inheritdoc/>
    public override void Run()
    {
        foreach (ref MatMulAdamCall<T> product in products.AsSpan())
        {
            product.Step = adam.Call.Step;
            product.Run(Device);
        }

        _others.Step = adam.Call.Step;
        if (_others.Count > 0)
        {
            _others.Run(Device);
        }
    }

    /// <inheritdoc/>
    public override void Visit(IOperandVisitor visitor)
    {
        foreach (ref MatMulAdamCall<T> product in products.AsSpan())
        {
            product.Visit(visitor);
        }

        _others.Visit(visitor);
    }
}
