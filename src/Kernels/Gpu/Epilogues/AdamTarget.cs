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
    /// <param name="constants">The numbers of the step.</param>
    /// <param name="usesWeightDecay">Whether weights decay.</param>
    public readonly void Step(ArrayView<T> parameters, int number, T gradient, AdamConstants<T> constants, bool usesWeightDecay)
    {
        if (StoresGradient != 0)
        {
            Gradient[GradientStart + number] = gradient;
        }

        T parameter = parameters[number], first = FirstMoment[FirstMomentStart + number], second = SecondMoment[SecondMomentStart + number];
        constants.Step(ref parameter, gradient, ref first, ref second, usesWeightDecay);
        FirstMoment[FirstMomentStart + number] = first;
        SecondMoment[SecondMomentStart + number] = second;
        parameters[number] = parameter;
    }
}
