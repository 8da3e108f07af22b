using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void RowsCore<T, TOp>(View<T> x, View<T> p, View<T> q, View<T> y, int axis, TOp op)
    {
        if (x.Count == 0)
        {
            return;
        }
        // An operand that the kernel does not have is x again: what is read of it is not used.
        (p, q) = (TOp.Operands > 1 ? p : x, TOp.Operands > 2 ? q : x);
        Walk rows = Walk.Over(x.Layout.Slice(axis, 0, 1), p.Layout.Slice(axis, 0, 1), q.Layout.Slice(axis, 0, 1), y.Layout.Slice(axis, 0, 1));
        Positions steps = new() { X = x.Layout.Stride(axis), Y = p.Layout.Stride(axis), Z = q.Layout.Stride(axis), W = y.Layout.Stride(axis) };
        RowPlan plan = RowPlan.For(Profile, rows, steps, x.Shape[axis], TOp.Results);
        int groups = (int)((rows.Count + (1u << plan.ColumnBits) - 1) >> plan.ColumnBits);
        if (plan.Chunks == 1)
        {
            Launch(RowStage.All, Elements(y));
            return;
        }
        using var parts = new Storage<T>(this, 4 * (int)rows.Count * plan.Chunks);
        if (TOp.HasFirst)
        {
            Launch(RowStage.First, Elements(parts));
        }

        Launch(RowStage.Second, Elements(parts));
        Launch(RowStage.Results, Elements(parts));

        void Launch(int stage, ArrayView<T> found)
        {
            plan.Stage = stage;
            // A row that becomes numbers is finished by its first group.
            int chunks = stage == RowStage.Results && TOp.Results > 0 ? 1 : plan.Chunks;
            KernelConfig config = new(new Index2D(groups, chunks), new Index2D(1 << (plan.LaneBits + plan.ColumnBits), 1));
            this.Launch(default(RowKernel<T, TOp>), config, Elements(x), Elements(p), Elements(q), Elements(y), found, plan, op);
        }
    }
}
