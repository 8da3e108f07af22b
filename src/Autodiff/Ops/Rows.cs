using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    // Row kernels give a row to one thread, or to one group of a GPU: with a few long rows the reductions of many threads are faster.
    private const int LongRow = 1 << 16, FewRows = 8;

    /// <summary>Whether the rows along an axis suffice to keep a device busy. The answer depends on the shape alone, and so do the bits.</summary>
    private static bool SuitsRowKernels(Shape shape, int axis) => shape[axis] < LongRow || shape.Count / shape[axis] >= FewRows;

    /// <summary>Runs a row kernel of one operand.</summary>
    private static View<T> RunRows<T, TKernel>(Tensor<T> x, int axis, TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IRowKernel<T> => RunRows(x, x, x, axis, kernel);

    /// <summary>Runs a row kernel of two or three operands, which broadcast to the shape of the first.</summary>
    private static View<T> RunRows<T, TKernel>(Tensor<T> x, Tensor<T> p, Tensor<T> q, int axis, TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IRowKernel<T>
    {
        axis = x.Shape.Axis(axis);
        View<T> viewX = x.View, viewP = p.View, viewQ = q.View;
        View<T> y = Tape.Rent<T>(x.Device, TKernel.Results == 0 ? x.Shape : x.Shape.With(axis, TKernel.Results));
        x.Device.Rows(viewX, viewP.With(viewP.Layout.BroadcastTo(x.Shape)), viewQ.With(viewQ.Layout.BroadcastTo(x.Shape)), y, axis, kernel);
        return y;
    }
}
