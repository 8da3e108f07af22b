using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void AdamCore<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step)
    {
        AdamConstants<T> constants = new(step);
        int next = 0;
        while (next < parameters.Length)
        {
            AdamSlots<T> slots = default;
            int used = 0, groups = 0;
            for (; next < parameters.Length && used < AdamSlots<T>.Capacity; next++)
            {
                if (parameters[next].Parameter.Count == 0)
                {
                    continue;
                }

                AdamSlot<T> slot = Slot(parameters[next]);
                slot.FirstGroup = groups;
                slot.Groups = Over(((uint)slot.Count + 3) / 4).GridDim.X;
                groups += slot.Groups;
                slots.At(used++) = slot;
            }
            if (used == 0)
            {
                return;
            }
            // Unused slots must hold valid pointers.
            AdamSlot<T> unused = slots.Slot0 with { FirstGroup = int.MaxValue };
            for (; used < AdamSlots<T>.Capacity; used++)
            {
                slots.At(used) = unused;
            }

            Launch(default(AdamKernel<T>), new KernelConfig(groups, Profile.GroupSize), slots, constants, step.WeightDecay != 0 ? 1 : 0);
        }
    }

    private AdamSlot<T> Slot<T>(in AdamParameter<T> parameter)
        where T : unmanaged => new()
        {
            Parameter = Elements(parameter.Parameter),
            Gradient = Elements(parameter.Gradient),
            FirstMoment = Elements(parameter.FirstMoment),
            SecondMoment = Elements(parameter.SecondMoment),
            ParameterStart = parameter.Parameter.Layout.Offset,
            GradientStart = parameter.Gradient.Layout.Offset,
            FirstMomentStart = parameter.FirstMoment.Layout.Offset,
            SecondMomentStart = parameter.SecondMoment.Layout.Offset,
            Count = parameter.Parameter.Count,
            IsWhole = (parameter.Parameter.Layout.Offset | parameter.Gradient.Layout.Offset | parameter.FirstMoment.Layout.Offset | parameter.SecondMoment.Layout.Offset) % 4 == 0
                ? 1 : 0,
        };
}
