using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>An Adam step of the parameter y whose gradient is the product, which is never stored.</summary>
internal struct StoreAdamStep<T> : IEpilogue<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ArrayView<T> FirstMoment, SecondMoment;
    public int FirstMomentStart, SecondMomentStart, UsesWeightDecay;
    public AdamConstants<T> Constants;

    public readonly void Store(ArrayView<T> y, int number, int row, int column, int other, T product)
    {
        T parameter = y[number], first = FirstMoment[FirstMomentStart + number], second = SecondMoment[SecondMomentStart + number];
        Constants.Step(ref parameter, product, ref first, ref second, UsesWeightDecay != 0);
        FirstMoment[FirstMomentStart + number] = first;
        SecondMoment[SecondMomentStart + number] = second;
        y[number] = parameter;
    }
}
