using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>One Adam step of several parameters, each of which has a number of groups of threads.</summary>
internal readonly struct AdamKernel<T> : IKernel<AdamSlots<T>, AdamConstants<T>, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(AdamSlots<T> slots, AdamConstants<T> constants, int usesWeightDecay)
    {
        AdamSlot<T> slot = slots.Of(Grid.IdxX);
        int step = 4 * slot.Groups * Group.DimX;
        for (int i = 4 * ((Grid.IdxX - slot.FirstGroup) * Group.DimX + Group.IdxX); i < slot.Count; i += step)
        {
            int count = IntrinsicMath.Min(4, slot.Count - i), access = slot.IsWhole != 0 ? Fours.Whole : 0;
            Places parameters = At(slot.ParameterStart + i, count, access), firstMoments = At(slot.FirstMomentStart + i, count, access);
            Places secondMoments = At(slot.SecondMomentStart + i, count, access);
            Four<T> parameter = parameters.Read(slot.Parameter), gradient = At(slot.GradientStart + i, count, access).Read(slot.Gradient);
            Four<T> first = firstMoments.Read(slot.FirstMoment), second = secondMoments.Read(slot.SecondMoment);
            constants.Step(ref parameter.X, gradient.X, ref first.X, ref second.X, usesWeightDecay != 0);
            constants.Step(ref parameter.Y, gradient.Y, ref first.Y, ref second.Y, usesWeightDecay != 0);
            constants.Step(ref parameter.Z, gradient.Z, ref first.Z, ref second.Z, usesWeightDecay != 0);
            constants.Step(ref parameter.W, gradient.W, ref first.W, ref second.W, usesWeightDecay != 0);
            firstMoments.Write(slot.FirstMoment, first);
            secondMoments.Write(slot.SecondMoment, second);
            parameters.Write(slot.Parameter, parameter);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Places At(int first, int count, int access) =>
        new(first, count > 1 ? first + 1 : first, count > 2 ? first + 2 : first, count > 3 ? first + 3 : first, count, access);
}
