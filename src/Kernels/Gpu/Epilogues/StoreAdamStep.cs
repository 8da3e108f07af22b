using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>An Adam step of the parameter y whose gradient is the product, which is stored only where it is asked for, and never read.</summary>
internal struct StoreAdamStep<T> : IEpilogue<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ArrayView<T> Gradient, FirstMoment, SecondMoment;
    public int GradientStart, FirstMomentStart, SecondMomentStart, StoresGradient;
    public AdamUpdate<T> Update;

    public readonly void Store(ArrayView<T> y, int number, int row, int column, int other, T product)
    {
        if (StoresGradient != 0)
        {
            Gradient[GradientStart + number] = product;
        }

        T parameter = y[number], first = FirstMoment[FirstMomentStart + number], second = SecondMoment[SecondMomentStart + number];
        Update.Invoke(ref parameter, product, ref first, ref second);
        FirstMoment[FirstMomentStart + number] = first;
        SecondMoment[SecondMomentStart + number] = second;
        y[number] = parameter;
    }
}
