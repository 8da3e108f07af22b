using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// Combines values, pushed one by one, in a binary tree whose form depends on their number alone; errors grow with its depth, not with
/// its width.
/// </summary>
/// <remarks>
/// As a binary counter: equal subtrees join as soon as there are two. A subtree of 2ⁿ neighbours that starts at a multiple of 2ⁿ may be
/// computed apart and pushed
/// to a tree of such subtrees: the same operations take place.
/// </remarks>
internal struct CombinationTree<T, TOp>(TOp op)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOp : struct, IReductionKernel<T>
{
    private readonly TOp _op = op;
    private Levels _levels;
    private int _count, _depth;

    /// <summary>Adds the next value.</summary>
    public void Push(T value)
    {
        for (int count = _count++; (count & 1) != 0; count >>= 1)
        {
            value = _op.Combine(_levels[--_depth], value);
        }

        _levels[_depth++] = value;
    }

    /// <summary>The combination of all values, of which there is at least one.</summary>
    public T Total()
    {
        T total = _levels[--_depth];
        while (_depth > 0)
        {
            total = _op.Combine(_levels[--_depth], total);
        }

        return total;
    }

    [InlineArray(32)]
    private struct Levels
    {
        private T _first;
    }
}
