namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    // The product goes where the result will be, and one pass over it does the rest: beside the product that pass costs a thousandth, so nothing is gained by
    // doing it tile by tile.
    internal override void MatMulCore<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
    {
        if (c.Storage == y.Storage)
        {
            base.MatMulCore(a, b, c, y, op);
            return;
        }

        MatMulCore(a, b, y);
        ZipCore(y, c, y, op);
    }
}
