using ILGPU;

namespace Autodiff.Kernels;

/// <summary>The arrays of one parameter in an Adam launch.</summary>
internal struct AdamSlot<T>
    where T : unmanaged
{
    public ArrayView<T> Parameter, Gradient, FirstMoment, SecondMoment;
    public int ParameterStart, GradientStart, FirstMomentStart, SecondMomentStart, Count;

    /// <summary>The first group of threads that works on the parameter, and how many do; an empty slot begins beyond all groups.</summary>
    public int FirstGroup, Groups;

    /// <summary>1 where all four arrays begin at a multiple of four elements.</summary>
    public int IsWhole;
}
