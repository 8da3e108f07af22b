using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>The parameters of one launch of an optimizer; the groups of unused ones begin beyond all groups.</summary>
internal struct SlotArguments<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How many parameters a launch takes: what fits the least room that OpenCL grants a launch's arguments, 1 KiB.</summary>
    public const int Capacity = 16;

    public ParameterSlot<T> Slot0, Slot1, Slot2, Slot3, Slot4, Slot5, Slot6, Slot7, Slot8, Slot9, Slot10, Slot11, Slot12, Slot13, Slot14, Slot15;

    /// <summary>The slot with a number, for the host.</summary>
    [UnscopedRef]
    public ref ParameterSlot<T> At(int number)
    {
        switch (number)
        {
            case 0:
                return ref Slot0;
            case 1:
                return ref Slot1;
            case 2:
                return ref Slot2;
            case 3:
                return ref Slot3;
            case 4:
                return ref Slot4;
            case 5:
                return ref Slot5;
            case 6:
                return ref Slot6;
            case 7:
                return ref Slot7;
            case 8:
                return ref Slot8;
            case 9:
                return ref Slot9;
            case 10:
                return ref Slot10;
            case 11:
                return ref Slot11;
            case 12:
                return ref Slot12;
            case 13:
                return ref Slot13;
            case 14:
                return ref Slot14;
            default:
                return ref Slot15;
        }
    }

    /// <summary>The slot that a group of threads works on.</summary>
    public readonly ParameterSlot<T> Of(int group)
    {
        ParameterSlot<T> slot = Slot0;
        if (group >= Slot1.FirstGroup)
        {
            slot = Slot1;
        }

        if (group >= Slot2.FirstGroup)
        {
            slot = Slot2;
        }

        if (group >= Slot3.FirstGroup)
        {
            slot = Slot3;
        }

        if (group >= Slot4.FirstGroup)
        {
            slot = Slot4;
        }

        if (group >= Slot5.FirstGroup)
        {
            slot = Slot5;
        }

        if (group >= Slot6.FirstGroup)
        {
            slot = Slot6;
        }

        if (group >= Slot7.FirstGroup)
        {
            slot = Slot7;
        }

        if (group >= Slot8.FirstGroup)
        {
            slot = Slot8;
        }

        if (group >= Slot9.FirstGroup)
        {
            slot = Slot9;
        }

        if (group >= Slot10.FirstGroup)
        {
            slot = Slot10;
        }

        if (group >= Slot11.FirstGroup)
        {
            slot = Slot11;
        }

        if (group >= Slot12.FirstGroup)
        {
            slot = Slot12;
        }

        if (group >= Slot13.FirstGroup)
        {
            slot = Slot13;
        }

        if (group >= Slot14.FirstGroup)
        {
            slot = Slot14;
        }

        if (group >= Slot15.FirstGroup)
        {
            slot = Slot15;
        }

        return slot;
    }
}
