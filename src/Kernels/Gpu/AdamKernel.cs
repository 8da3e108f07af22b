using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>One Adam step of several parameters: the row of the grid is the parameter, its columns share the elements.</summary>
internal readonly struct AdamKernel<T> : IKernel<AdamSlots<T>, AdamConstants<T>, int>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(AdamSlots<T> slots, AdamConstants<T> constants, int usesWeightDecay)
    {
        int slot = Grid.IdxY;
        if (slot == 0)
            Update(slots.Slot0, constants, usesWeightDecay);
        else if (slot == 1)
            Update(slots.Slot1, constants, usesWeightDecay);
        else if (slot == 2)
            Update(slots.Slot2, constants, usesWeightDecay);
        else if (slot == 3)
            Update(slots.Slot3, constants, usesWeightDecay);
        else if (slot == 4)
            Update(slots.Slot4, constants, usesWeightDecay);
        else if (slot == 5)
            Update(slots.Slot5, constants, usesWeightDecay);
        else if (slot == 6)
            Update(slots.Slot6, constants, usesWeightDecay);
        else
            Update(slots.Slot7, constants, usesWeightDecay);
    }

    private static void Update(AdamSlot<T> slot, AdamConstants<T> constants, int usesWeightDecay)
    {
        for (uint n = Threads.First; n < (uint)slot.Count; n += Threads.Count)
        {
            int i = (int)n;
            T parameter = slot.Parameter[slot.ParameterStart + i], gradient = slot.Gradient[slot.GradientStart + i];
            T first = slot.FirstMoment[slot.FirstMomentStart + i], second = slot.SecondMoment[slot.SecondMomentStart + i];
            constants.Step(ref parameter, gradient, ref first, ref second, usesWeightDecay != 0);
            slot.FirstMoment[slot.FirstMomentStart + i] = first;
            slot.SecondMoment[slot.SecondMomentStart + i] = second;
            slot.Parameter[slot.ParameterStart + i] = parameter;
        }
    }
}
