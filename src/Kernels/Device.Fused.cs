using System.Numerics;

namespace Autodiff.Kernels;

// Families that are others joined. Here they are what they say, one after the other: the reference for devices that do it in one pass.
public abstract partial class Device
{
    /// <summary>y = op(a b, c): a matrix product and what is done with it at once, such as adding a bias.</summary>
    /// <param name="a">[..., m, k], any strides.</param>
    /// <param name="b">[..., k, n], any strides.</param>
    /// <param name="c">The shape of y, broadcast where it repeats; it may be y itself, which <see cref="Elementwise.Add{T}"/> then adds to.</param>
    /// <param name="y">[..., m, n], contiguous.</param>
    /// <param name="op">The epilogue: its first argument is an element of the product.</param>
    public void MatMul<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryKernel<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new MatMulEpilogueCall<T, TOp>(a, b, c, y, op));
        }
        else
        {
            MatMulCore(a, b, c, y, op);
        }
    }

    internal virtual void MatMulCore<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryKernel<T>
    {
        using Storage<T> storage = new(this, y.Count);
        View<T> product = new(storage, new Layout(y.Shape));
        MatMul(a, b, product);
        Zip(product, c, y, op);
    }

    /// <summary>An Adam step of one parameter whose gradient is the product a b, which need not be kept.</summary>
    /// <param name="a">[m, k], any strides.</param>
    /// <param name="b">[k, n], any strides.</param>
    /// <param name="parameter">θ, m and v of m n elements, contiguous; its gradient is given as a b and <see cref="AdamParameter{T}.Gradient"/> is not looked at.</param>
    /// <param name="step">The numbers of the step.</param>
    public void MatMulAdam<T>(View<T> a, View<T> b, AdamParameter<T> parameter, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new MatMulAdamCall<T>(a, b, parameter, step));
        }
        else
        {
            MatMulAdamCore(a, b, parameter, step);
        }
    }

    internal virtual void MatMulAdamCore<T>(View<T> a, View<T> b, AdamParameter<T> parameter, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Storage<T> storage = new(this, parameter.Parameter.Count);
        View<T> gradient = new(storage, new Layout(parameter.Parameter.Shape));
        MatMul(a, b, new View<T>(storage, new Layout(new Shape(a.Shape[-2], b.Shape[-1]))));
        Adam([parameter with { Gradient = gradient }], step);
    }
}
