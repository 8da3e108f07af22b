using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>
/// An Adam step of the parameter y whose gradient is the product, which is stored only where it is asked for, and never read; and one of a parameter whose gradient are the sums
/// of the left factor's rows, where there is one.
/// </summary>
internal struct StoreAdamStep<T> : IEpilogue<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public AdamTarget<T> Target, SumTarget;
    public ArrayView<T> SumParameter;
    public int SumStart;
    public AdamUpdate<T> Update;

    /// <inheritdoc/>
    public static bool TakesSums => true;

    /// <inheritdoc/>
    public static bool Finishes => false;

    public readonly void Store(ArrayView<T> y, int number, int row, int column, int other, T product) =>
        Target.Step(y, number, product, Update);

    public readonly void StoreSum(int row, T sum) =>
        SumTarget.Step(SumParameter.SubView(SumStart, SumParameter.IntLength - SumStart), row, sum, Update);

    public readonly void Finish()
    {
    }
}
