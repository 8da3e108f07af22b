using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The arrays of one parameter in an Adam launch.</summary>
internal struct AdamSlot<T>
    where T : unmanaged
{
    public ArrayView<T> Parameter, Gradient, FirstMoment, SecondMoment;
    public int ParameterStart, GradientStart, FirstMomentStart, SecondMomentStart, Count;
}
