namespace Autodiff.Kernels;

/// <summary>How the number of an element, counted in row-major order over a shape, becomes its position in up to four strided operands.</summary>
/// <remarks>A kernel argument. Axes that are evenly spaced in all operands are joined, so that contiguous operands have one axis and need no division.</remarks>
internal struct Walk
{
    /// <summary>The number of elements.</summary>
    public uint Count;

    /// <summary>How many axes there are beside the outermost.</summary>
    public int Inner;

    /// <summary>The positions of element 0.</summary>
    public Positions Start;

    /// <summary>The steps along the outermost axis.</summary>
    public Positions Outer;

    /// <summary>The other axes, innermost first.</summary>
    public WalkAxis Axis0, Axis1, Axis2, Axis3, Axis4, Axis5, Axis6;

    /// <summary>The steps along the innermost axis, and its size.</summary>
    public readonly Positions InnerStep => Inner > 0 ? Axis0.Steps : Outer;

    /// <inheritdoc cref="InnerStep"/>
    public readonly uint InnerSize => Inner > 0 ? Axis0.Size.Value : Count;

    /// <summary>Whether an operand's start and its steps, but for the innermost if that is skipped, are multiples of four elements.</summary>
    public readonly bool IsEachMultipleOfFour(int operand, bool skipInner = false)
    {
        Walk walk = this;
        int all = Get(Start, operand);
        for (int axis = skipInner ? 1 : 0; axis <= Inner; axis++)
        {
            all |= Get(axis == Inner ? Outer : walk.Axis(axis).Steps, operand);
        }

        return all % 4 == 0;
    }

    /// <summary>A walk over operands of one shape.</summary>
    public static Walk Over(Layout x) => Over([x]);

    /// <inheritdoc cref="Over(Layout)"/>
    public static Walk Over(Layout x, Layout y) => Over([x, y]);

    /// <inheritdoc cref="Over(Layout)"/>
    public static Walk Over(Layout x, Layout y, Layout z) => Over([x, y, z]);

    /// <inheritdoc cref="Over(Layout)"/>
    public static Walk Over(Layout x, Layout y, Layout z, Layout w) => Over([x, y, z, w]);

    /// <summary>The positions of the element with a number below <see cref="Count"/>.</summary>
    public readonly Positions At(uint index)
    {
        Positions positions = Start;
        if (Inner > 0)
        {
            index = Axis0.Advance(index, ref positions);
            if (Inner > 1)
            {
                index = Axis1.Advance(index, ref positions);
                if (Inner > 2)
                {
                    index = Axis2.Advance(index, ref positions);
                    if (Inner > 3)
                    {
                        index = AdvanceFar(index, ref positions);
                    }
                }
            }
        }
        positions.Advance(Outer, (int)index);
        return positions;
    }

    private readonly uint AdvanceFar(uint index, ref Positions positions)
    {
        index = Axis3.Advance(index, ref positions);
        if (Inner > 4)
        {
            index = Axis4.Advance(index, ref positions);
        }

        if (Inner > 5)
        {
            index = Axis5.Advance(index, ref positions);
        }

        if (Inner > 6)
        {
            index = Axis6.Advance(index, ref positions);
        }

        return index;
    }

    /// <summary>A walk over operands of one shape; their layouts are coalesced.</summary>
    public static Walk Over(Span<Layout> layouts)
    {
        Walk walk = new() { Count = (uint)layouts[0].Shape.Count };
        if (walk.Count == 0)
        {
            return walk;
        }

        Layout.Coalesce(layouts);
        Shape shape = layouts[0].Shape;
        walk.Inner = Math.Max(shape.Rank - 1, 0);
        for (int operand = 0; operand < layouts.Length; operand++)
        {
            Set(ref walk.Start, operand, layouts[operand].Offset);
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            Positions steps = default;
            for (int operand = 0; operand < layouts.Length; operand++)
            {
                Set(ref steps, operand, layouts[operand].Strides[axis]);
            }

            if (axis == 0)
            {
                walk.Outer = steps;
            }
            else
            {
                walk.Axis(shape.Rank - 1 - axis) = new WalkAxis { Size = new Divisor(shape[axis]), Steps = steps };
            }
        }
        return walk;
    }

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    private ref WalkAxis Axis(int inner)
    {
        switch (inner)
        {
            case 0:
                return ref Axis0;
            case 1:
                return ref Axis1;
            case 2:
                return ref Axis2;
            case 3:
                return ref Axis3;
            case 4:
                return ref Axis4;
            case 5:
                return ref Axis5;
            default:
                return ref Axis6;
        }
    }

    /// <summary>The number for one of the operands.</summary>
    public static int Get(in Positions positions, int operand) => operand switch { 0 => positions.X, 1 => positions.Y, 2 => positions.Z, _ => positions.W };

    /// <summary>Sets the number for one of the operands.</summary>
    public static void Set(ref Positions positions, int operand, int value)
    {
        switch (operand)
        {
            case 0:
                positions.X = value;
                break;
            case 1:
                positions.Y = value;
                break;
            case 2:
                positions.Z = value;
                break;
            default:
                positions.W = value;
                break;
        }
    }
}
