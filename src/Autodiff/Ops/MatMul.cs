using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Matrix product over the last two axes: y = ab. Derivatives, for the gradient g of y: da = g bᵀ, db = aᵀ g.</summary>
    /// <param name="a">[..., m, k].</param>
    /// <param name="b">[..., k, n]; leading axes are batches and broadcast with those of <paramref name="a"/>.</param>
    /// <returns>[..., m, n].</returns>
    /// <exception cref="ArgumentException">Fewer than two axes, inner sizes that differ, or batches that do not broadcast.</exception>
    public static Tensor<T> MatMul<T>(this Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SameDevice("MatMul", a, b);
        View<T> viewA = a.View, viewB = b.View;
        Shape shape = ProductShape(a.Shape, b.Shape);
        View<T> y = Tape.Rent<T>(a.Device, shape);
        a.Device.MatMul(Batched(viewA, shape), Batched(viewB, shape), y);
        // The gradient of a transposed matrix is computed transposed: it then lies in memory as the matrix itself does, and a weight can take it without a copy.
        bool transposedA = IsTransposed(viewA.Layout), transposedB = IsTransposed(viewB.Layout);
        return Tape.Record("MatMul", y,
            new Input<T>(a, (gradient, _) => (transposedA ? b.MatMul(gradient.Transpose()).Transpose() : gradient.MatMul(b.Transpose())).SumTo(a.Shape)),
            new Input<T>(b, (gradient, _) => (transposedB ? gradient.Transpose().MatMul(a).Transpose() : a.Transpose().MatMul(gradient)).SumTo(b.Shape)));
    }

    private static bool IsTransposed(in Layout layout) => layout.Stride(-2) == 1 && layout.Stride(-1) > 1;

    private static Shape ProductShape(Shape a, Shape b)
    {
        if (a.Rank < 2 || b.Rank < 2)
        {
            throw new ArgumentException($"MatMul: left {a} x right {b}: both need at least two axes. Add one with Reshape.");
        }

        if (a[-1] != b[-2])
        {
            string hint = a[-1] == b[-1] ? " Did you mean right.Transpose()?" : a[-2] == b[-2] ? " Did you mean left.Transpose()?" : "";
            throw new ArgumentException($"MatMul: inner dimensions differ: left {a} x right {b}; {a[-1]} != {b[-2]}.{hint}");
        }
        Shape batchA = new(a.AsSpan()[..^2]), batchB = new(b.AsSpan()[..^2]);
        if (!Shape.TryBroadcast(batchA, batchB, out Shape batch))
        {
            throw new ArgumentException($"MatMul: the batches of left {a} and right {b} do not broadcast: {batchA} and {batchB}.");
        }

        return new Shape([.. batch.AsSpan(), a[-2], b[-1]]);
    }

    private static View<T> Batched<T>(View<T> view, Shape product)
        where T : unmanaged =>
        view.With(view.Layout.BroadcastTo(new Shape([.. product.AsSpan()[..^2], view.Shape[-2], view.Shape[-1]])));
}
