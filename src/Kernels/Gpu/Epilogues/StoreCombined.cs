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

    /// <inheritdoc/>
    public static bool TakesSums => false;

    /// <inheritdoc/>
    public static bool Finishes => false;

    public readonly void Store(ArrayView<T> y, int number, int row, int column, int other, T product) =>
        y[number] = Of(row, column, other, product);

    /// <summary>What is stored.</summary>
    public readonly T Of(int row, int column, int other, T product) => Op.Invoke(product, Other[other + row * RowStep + column * ColumnStep]);

    public readonly void StoreSum(int row, T sum)
    {
    }

    public readonly void Finish()
    {
    }
}
