namespace Autodiff.Kernels;

/// <summary>The parameters of one Adam launch; the last ones may be empty.</summary>
internal struct AdamSlots<T>
    where T : unmanaged
{
    /// <summary>How many parameters a launch takes: what the 4 KiB of a CUDA launch's arguments hold, rounded down.</summary>
    public const int Capacity = 8;

    public AdamSlot<T> Slot0, Slot1, Slot2, Slot3, Slot4, Slot5, Slot6, Slot7;
}
