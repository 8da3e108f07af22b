using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>The sizes of a tensor's axes, outermost first. A value type: at most <see cref="MaxRank"/> axes and <see cref="int.MaxValue"/> elements.</summary>
/// <remarks>Written as a collection expression: <c>Shape s = [360, 100];</c>. The empty shape <c>[]</c> is a scalar.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest number of axes a tensor may have.</summary>
    public const int MaxRank = 8;

    private readonly Axes _sizes;

    /// <summary>Creates a shape from its sizes.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxRank"/> axes, a negative size, or more than <see cref="int.MaxValue"/> elements.</exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank)
        {
            throw new ArgumentException($"A shape has at most {MaxRank} axes; [{string.Join(", ", sizes.ToArray())}] has {sizes.Length}.");
        }

        long count = 1;
        bool empty = false;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] < 0)
            {
                throw new ArgumentException($"Sizes are not negative; axis {axis} of [{string.Join(", ", sizes.ToArray())}] is {sizes[axis]}.");
            }

            empty |= sizes[axis] == 0;
            count = empty ? 0 : count * sizes[axis];
            if (count > int.MaxValue)
            {
                throw new ArgumentException($"A tensor has at most {int.MaxValue} elements; [{string.Join(", ", sizes.ToArray())}] has more.");
            }

            _sizes[axis] = sizes[axis];
        }
        Rank = sizes.Length;
        Count = (int)count;
    }

    /// <summary>The scalar shape, <c>[]</c>.</summary>
    public static Shape Scalar => new([]);

    /// <summary>The number of axes.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of the sizes, 1 for a scalar.</summary>
    public int Count { get; }

    /// <summary>The size of an axis; a negative axis counts from the end, as in NumPy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => _sizes[Axis(axis)];

    /// <summary>Creates a shape; what a collection expression calls.</summary>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes);

    /// <summary>Whether two shapes have the same axes.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The axis as a number from 0; negative ones count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(int axis) =>
        axis >= -Rank && axis < Rank
            ? (axis < 0 ? axis + Rank : axis)
            : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Shape {this} has {Rank} axes; there is no axis {axis}.");

    /// <summary>The sizes, outermost first.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> AsSpan() => ((ReadOnlySpan<int>)_sizes)[..Rank];

    /// <summary>Enumerates the sizes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <summary>This shape with one size replaced.</summary>
    public Shape With(int axis, int size)
    {
        Axes sizes = _sizes;
        sizes[Axis(axis)] = size;
        return new Shape(((ReadOnlySpan<int>)sizes)[..Rank]);
    }

    /// <summary>The shape two operands broadcast to under NumPy's rules: aligned at the last axis, sizes equal or one of them 1.</summary>
    /// <returns>Whether they broadcast.</returns>
    public static bool TryBroadcast(Shape left, Shape right, out Shape shape)
    {
        int rank = Math.Max(left.Rank, right.Rank);
        Span<int> sizes = stackalloc int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int a = axis <= left.Rank ? left[-axis] : 1, b = axis <= right.Rank ? right[-axis] : 1;
            if (a != b && a != 1 && b != 1)
            {
                shape = default;
                return false;
            }
            sizes[rank - axis] = a == 1 ? b : a;
        }
        shape = new Shape(sizes);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int size in this)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <summary>The sizes in brackets, as in <c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", AsSpan().ToArray())}]";
}

/// <summary>One number per axis, without a heap allocation.</summary>
[InlineArray(Shape.MaxRank)]
internal struct Axes
{
    private int _first;
}
