using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>What an Adam step changes beside the parameter, and where the gradient is stored if anybody wants it.</summary>
internal struct AdamTarget<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public ArrayView<T> Gradient, FirstMoment, SecondMoment;
    public int GradientStart, FirstMomentStart, SecondMomentStart, StoresGradient;

    /// <summary>The step of one element.</summary>
    /// <param name="parameters">The parameter, from its first element on.</param>
    /// <param name="number">The number of the element.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="update">The step.</param>
    public readonly void Step(ArrayView<T> parameters, int number, T gradient, AdamUpdate<T> update)
    {
        if (StoresGradient != 0)
        {
            Gradient[GradientStart + number] = gradient;
        }

        T parameter = parameters[number], first = FirstMoment[FirstMomentStart + number], second = SecondMoment[SecondMomentStart + number];
        update.Invoke(ref parameter, gradient, ref first, ref second);
        FirstMoment[FirstMomentStart + number] = first;
        SecondMoment[SecondMomentStart + number] = second;
        parameters[number] = parameter;
    }
}
