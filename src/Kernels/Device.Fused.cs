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

    /// <summary>
    /// Whether starting a kernel costs so much, or results come back from memory so slowly, that calls of different families are worth joining. On the CPU, whose caches
    /// hold what passes between two calls, it was measured that they are not.
    /// </summary>
    internal virtual bool PaysForLaunches => false;

    /// <summary>
    /// Whether a matrix product can do small work beside its own in the same launch: update small parameters, add up rows, take a loss. Where launches have no groups to spare, each
    /// piece is better off in a kernel of its own.
    /// </summary>
    internal virtual bool ProductsTakeMore => false;

    /// <summary>A squared error (see <see cref="SquaredError{T}"/>) and what it passes back to the prediction.</summary>
    /// <param name="prediction">Any shape.</param>
    /// <param name="target">The shape of <paramref name="prediction"/>.</param>
    /// <param name="loss">A scalar.</param>
    /// <param name="scale">The factor of the sum.</param>
    /// <param name="gradient">The gradient of the loss, one element, broadcast.</param>
    /// <param name="y">What is passed back, of the shape of <paramref name="prediction"/>; in memory of its own.</param>
    /// <param name="op">How.</param>
    internal virtual void SquaredErrorGradientCore<T>(
        View<T> prediction, View<T> target, View<T> loss, T scale, View<T> gradient, View<T> y, SquaredErrorGradient<T> op)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SquaredErrorCore(prediction, target, loss, scale);
        ZipCore(prediction, target, gradient, y, op);
    }

    /// <summary>A product with an epilogue that is a prediction, its squared error, and what that passes back to it.</summary>
    internal virtual void MatMulErrorCore<T, TOp>(in MatMulEpilogueCall<T, TOp> product, in SquaredErrorGradientCall<T> error)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryKernel<T>
    {
        product.Run(this);
        error.Run(this);
    }

    /// <summary>
    /// An Adam step of one parameter whose gradient is the product a b, which is kept where it has a tensor; and of another one whose gradient are the sums of the rows of a, as those
    /// of a linear layer's weights and bias are.
    /// </summary>
    /// <param name="a">[m, k], any strides.</param>
    /// <param name="b">[k, n], any strides.</param>
    /// <param name="parameter">θ, m and v of m n elements, contiguous; <see cref="AdamParameter{T}.Gradient"/>, likewise, takes a b, or is default where nobody wants it.</param>
    /// <param name="sums">The other parameter, if there is one: of m elements, contiguous.</param>
    /// <param name="step">The numbers of the step.</param>
    public void MatMulAdam<T>(View<T> a, View<T> b, AdamParameter<T> parameter, AdamParameter<T>? sums, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Recorder.Current is { } recorder)
        {
            recorder.Call(this, new MatMulAdamCall<T>(a, b, parameter, sums, step));
        }
        else
        {
            MatMulAdamCore(a, b, parameter, sums, step);
        }
    }

    internal virtual void MatMulAdamCore<T>(View<T> a, View<T> b, AdamParameter<T> parameter, AdamParameter<T>? sums, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Storage<T>? storage = parameter.Gradient.Storage is null ? new(this, parameter.Parameter.Count) : null;
        View<T> gradient = storage is null ? parameter.Gradient : new View<T>(storage, new Layout(parameter.Parameter.Shape));
        if (!gradient.Layout.TryReshape([a.Shape[-2], b.Shape[-1]], out Layout matrix))
        {
            throw new ArgumentException($"MatMulAdam: the gradient of shape {gradient.Shape} must be contiguous and have the elements of [{a.Shape[-2]}, {b.Shape[-1]}].");
        }

        MatMul(a, b, gradient.With(matrix));
        Adam([parameter with { Gradient = gradient }], step);
        if (sums is { } other)
        {
            SumRowsAdam(a, other, step);
        }
    }

    /// <summary>An Adam step of a parameter whose gradient are the sums of the rows of a.</summary>
    private protected void SumRowsAdam<T>(View<T> a, AdamParameter<T> parameter, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using Storage<T>? storage = parameter.Gradient.Storage is null ? new(this, parameter.Parameter.Count) : null;
        View<T> gradient = storage is null ? parameter.Gradient : new View<T>(storage, new Layout(parameter.Parameter.Shape));
        if (!gradient.Layout.TryReshape([a.Shape[-2], 1], out Layout column))
        {
            throw new ArgumentException($"MatMulAdam: the gradient of shape {gradient.Shape} must be contiguous and have the elements of [{a.Shape[-2]}].");
        }

        Reduce(a, gradient.With(column), new Sum<T>(T.One));
        Adam([parameter with { Gradient = gradient }], step);
    }
}
