using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = op(a b, c), where c repeats along an axis whose step is 0.</summary>
internal struct StoreCombined<T, TOp> : IEpilogue<T>
    where T : unmanaged
    where TOp : struct, IBinaryKernel<T>
{
    public ArrayView<T> Other;
    public int RowStep, ColumnStep;
    public TOp Op;

    public readonly void Store(ArrayView<T> y, int number, int row, int column, int other, T product) =>
        y[number] = Op.Invoke(product, Other[other + row * RowStep + column * ColumnStep]);
}
