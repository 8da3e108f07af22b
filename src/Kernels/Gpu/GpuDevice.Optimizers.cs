using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    private SlotTables? _tables;
    private CPUMemoryBuffer? _everything;

    /// <summary>Whether kernels may use any memory of the device by its address; OpenCL's may use that of their arguments alone.</summary>
    private bool KnowsAddresses => Kind != DeviceKind.OpenCL;

    /// <inheritdoc/>
    internal override void AdamCore<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step) => Update<T, AdamParameter<T>, AdamUpdate<T>>(parameters, new(step));

    /// <inheritdoc/>
    internal override void SgdCore<T>(ReadOnlySpan<SgdParameter<T>> parameters, in SgdStep step)
    {
        if (step.Momentum == 0)
        {
            Update<T, SgdParameter<T>, SgdUpdate<T>>(parameters, new(step));
        }
        else
        {
            Update<T, SgdParameter<T>, MomentumUpdate<T>>(parameters, new(step));
        }
    }

    private void Update<T, TParameter, TUpdate>(ReadOnlySpan<TParameter> parameters, TUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TParameter : struct, IOptimizerParameter<T>
        where TUpdate : struct, IOptimizerUpdate<T>
    {
        if (KnowsAddresses && parameters.Length > SlotArguments<T>.Capacity)
        {
            UpdateByTable<T, TParameter, TUpdate>(parameters, update);
        }
        else
        {
            UpdateByArguments<T, TParameter, TUpdate>(parameters, update);
        }
    }

    private void UpdateByTable<T, TParameter, TUpdate>(ReadOnlySpan<TParameter> parameters, TUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TParameter : struct, IOptimizerParameter<T>
        where TUpdate : struct, IOptimizerUpdate<T>
    {
        // Nobody else may bring a table of his own between the table and the launch that reads it.
        lock (_lock)
        {
            _tables ??= new SlotTables(this);
            Span<SlotEntry> entries = _tables.Draft(parameters.Length);
            int used = 0, groups = 0;
            foreach (TParameter parameter in parameters)
            {
                if (parameter.Parameter.Count > 0)
                {
                    ParameterSlot<T> slot = Slot<T, TParameter, TUpdate>(parameter, ref groups);
                    SlotEntry entry = new()
                    {
                        Parameter = Address(slot.Parameter),
                        Gradient = Address(slot.Gradient),
                        First = Address(slot.First),
                        Second = Address(slot.Second),
                        Count = slot.Count,
                        FirstGroup = slot.FirstGroup,
                        Groups = slot.Groups,
                    };
                    entries[used++] = entry with { IsWhole = IsWhole(entry.Parameter | entry.Gradient | entry.First | entry.Second) };
                }
            }

            if (used > 0)
            {
                (Storage<byte> storage, int offset) = _tables.Find(entries[..used]);
                ArrayView<SlotEntry> table = Elements(storage).SubView(offset, used * Unsafe.SizeOf<SlotEntry>()).Cast<SlotEntry>();
                Launch(default(OptimizerTableKernel<T, TUpdate>), new KernelConfig(groups, Profile.GroupSize), Everything<T>(), table, used, update);
            }
        }

        static unsafe long Address(ParameterArray<T> array) => array.View.LoadEffectiveAddressAsPtr() / sizeof(T) + array.Start;
    }

    private void UpdateByArguments<T, TParameter, TUpdate>(ReadOnlySpan<TParameter> parameters, TUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TParameter : struct, IOptimizerParameter<T>
        where TUpdate : struct, IOptimizerUpdate<T>
    {
        int next = 0;
        while (next < parameters.Length)
        {
            SlotArguments<T> slots = default;
            int used = 0, groups = 0;
            for (; next < parameters.Length && used < SlotArguments<T>.Capacity; next++)
            {
                if (parameters[next].Parameter.Count > 0)
                {
                    ParameterSlot<T> slot = Slot<T, TParameter, TUpdate>(parameters[next], ref groups);
                    slots.At(used++) = slot with { IsWhole = IsWhole(slot.Parameter.Start | slot.Gradient.Start | slot.First.Start | slot.Second.Start) };
                }
            }
            if (used == 0)
            {
                return;
            }
            // Unused slots must hold valid pointers.
            ParameterSlot<T> unused = slots.Slot0 with { FirstGroup = int.MaxValue };
            for (; used < SlotArguments<T>.Capacity; used++)
            {
                slots.At(used) = unused;
            }

            Launch(default(OptimizerKernel<T, TUpdate>), new KernelConfig(groups, Profile.GroupSize), slots, update);
        }
    }

    private ParameterSlot<T> Slot<T, TParameter, TUpdate>(in TParameter parameter, ref int groups)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TParameter : struct, IOptimizerParameter<T>
        where TUpdate : struct, IOptimizerUpdate<T>
    {
        ParameterArray<T> array = Array(parameter.Parameter);
        ParameterSlot<T> slot = new()
        {
            Parameter = array,
            Gradient = Array(parameter.Gradient),
            First = TUpdate.States > 0 ? Array(parameter.First) : array,
            Second = TUpdate.States > 1 ? Array(parameter.Second) : array,
            Count = parameter.Parameter.Count,
            FirstGroup = groups,
            Groups = Over(((uint)parameter.Parameter.Count + 3) / 4).GridDim.X,
        };
        groups += slot.Groups;
        return slot;

        ParameterArray<T> Array(View<T> view) => new(Elements(view), view.Layout.Offset);
    }

    /// <summary>1 where all of some numbers, one or-ed with the other, are multiples of four.</summary>
    private static int IsWhole(long starts) => starts % 4 == 0 ? 1 : 0;

    /// <summary>All memory that there may be, from address 0 on, so that an index is an address.</summary>
    private ArrayView<T> Everything<T>()
        where T : unmanaged
    {
        _everything ??= CPUMemoryBuffer.Create(Ready.Accelerator, 0, long.MaxValue, 1);
        return new ArrayView<byte>(_everything, 0, long.MaxValue).Cast<T>();
    }
}
