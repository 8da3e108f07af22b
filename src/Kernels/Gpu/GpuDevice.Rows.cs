using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void RowsCore<T, TOp>(View<T> x, View<T> p, View<T> q, View<T> y, int axis, TOp op)
    {
        if (x.Count == 0)
            return;
        // An operand that the kernel does not have is x again: what is read of it is not used.
        (p, q) = (TOp.Operands > 1 ? p : x, TOp.Operands > 2 ? q : x);
        Walk rows = Walk.Over(x.Layout.Slice(axis, 0, 1), p.Layout.Slice(axis, 0, 1), q.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        Positions steps = new() { X = x.Layout.Stride(axis), Y = p.Layout.Stride(axis), Z = q.Layout.Stride(axis), W = y.Layout.Stride(axis) };
        RowPlan plan = RowPlan.For(Profile, rows, steps, x.Shape[axis]);
        int groups = (int)((rows.Count + (1u << plan.ColumnBits) - 1) >> plan.ColumnBits);
        Launch(
            default(RowKernel<T, TOp>), new KernelConfig(groups, 1 << (plan.LaneBits + plan.ColumnBits)), Elements(x), Elements(p), Elements(q), Elements(y), plan, op);
    }
}
