using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>An optimizer's step of any number of parameters, named by a table in the device's memory.</summary>
internal readonly struct OptimizerTableKernel<T, TUpdate> : IKernel<ArrayView<T>, ArrayView<SlotEntry>, int, TUpdate>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TUpdate : struct, IOptimizerUpdate<T>
{
    /// <param name="memory">All memory, from address 0 on.</param>
    /// <param name="table">The parameters.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="update">What is done to each element.</param>
    public static void Run(ArrayView<T> memory, ArrayView<SlotEntry> table, int count, TUpdate update)
    {
        // The last parameter whose groups begin at this one or before.
        int low = 0, high = count;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            if (table[middle].FirstGroup <= Grid.IdxX)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        SlotEntry entry = table[low];
        ParameterSlot<T> slot = new()
        {
            Parameter = new(memory, entry.Parameter),
            Gradient = new(memory, entry.Gradient),
            First = new(memory, entry.First),
            Second = new(memory, entry.Second),
            Count = entry.Count,
            FirstGroup = entry.FirstGroup,
            Groups = entry.Groups,
            IsWhole = entry.IsWhole,
        };
        slot.Update(update);
    }
}
