using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void AdamCore<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step)
    {
        AdamConstants<T> constants = new(step);
        for (int from = 0; from < parameters.Length; from += AdamSlots<T>.Capacity)
        {
            ReadOnlySpan<AdamParameter<T>> part = parameters[from..Math.Min(from + AdamSlots<T>.Capacity, parameters.Length)];
            // Unused slots must hold valid pointers; they repeat the first parameter with no elements.
            AdamSlot<T> unused = Slot(part[0]) with { Count = 0 };
            AdamSlots<T> slots = new()
            {
                Slot0 = Slot(part[0]),
                Slot1 = part.Length > 1 ? Slot(part[1]) : unused,
                Slot2 = part.Length > 2 ? Slot(part[2]) : unused,
                Slot3 = part.Length > 3 ? Slot(part[3]) : unused,
                Slot4 = part.Length > 4 ? Slot(part[4]) : unused,
                Slot5 = part.Length > 5 ? Slot(part[5]) : unused,
                Slot6 = part.Length > 6 ? Slot(part[6]) : unused,
                Slot7 = part.Length > 7 ? Slot(part[7]) : unused,
            };
            int largest = 0;
            foreach (AdamParameter<T> parameter in part)
                largest = Math.Max(largest, parameter.Parameter.Count);
            if (largest == 0)
                continue;
            KernelConfig over = Over((uint)largest);
            Launch(default(AdamKernel<T>), new KernelConfig(new Index2D(over.GridDim.X, part.Length), new Index2D(over.GroupDim.X, 1)), slots, constants, step.WeightDecay != 0 ? 1 : 0);
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
        };
}
