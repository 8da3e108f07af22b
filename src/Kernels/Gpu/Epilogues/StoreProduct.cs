using ILGPU;

namespace Autodiff.Kernels;

/// <summary>y = a b: the product as it is.</summary>
internal readonly struct StoreProduct<T> : IEpilogue<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static bool TakesSums => false;

    /// <inheritdoc/>
    public static bool Finishes => false;

    public void Store(ArrayView<T> y, int number, int row, int column, int other, T product) => y[number] = product;

    public void StoreSum(int row, T sum)
    {
    }

    public void Finish()
    {
    }
}
