namespace Autodiff.Kernels;

/// <summary>How a factor of a matrix product lies in memory, as the GPU's kernel sees it.</summary>
/// <param name="SummedIsContiguous">See <see cref="IMajor"/>.</param>
/// <param name="Leading">The step along the other axis.</param>
/// <param name="IsAligned">Whether four elements may be read at a time.</param>
internal readonly record struct GemmFactor(bool SummedIsContiguous, int Leading, bool IsAligned)
{
    /// <summary>The form of a factor, or null where neither of its last two axes is contiguous.</summary>
    /// <param name="layout">The factor.</param>
    /// <param name="kept">The axis that stays, -2 for the left factor and -1 for the right one.</param>
    /// <param name="summed">The axis that is summed over, the other one.</param>
    public static GemmFactor? Of(in Layout layout, int kept, int summed)
    {
        int keptSize = layout.Shape[kept], summedSize = layout.Shape[summed];
        bool keptIsContiguous = layout.Stride(kept) == 1 && keptSize > 1;
        bool summedIsContiguous = !keptIsContiguous && (layout.Stride(summed) == 1 || summedSize == 1);
        if (!keptIsContiguous && !summedIsContiguous && keptSize > 1)
        {
            return null;
        }

        int leading = layout.Stride(summedIsContiguous ? kept : summed);
        int together = layout.Offset | (summedIsContiguous ? summedSize : keptSize) | leading;
        for (int axis = 0; axis < layout.Shape.Rank - 2; axis++)
        {
            together |= layout.Strides[axis];
        }

        return new GemmFactor(summedIsContiguous, leading, (together & 3) == 0);
    }
}
