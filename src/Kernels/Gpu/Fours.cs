using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>A <see cref="Walk"/> in which each thread takes four elements at a time, with 128-bit reads and writes wherever an operand's four lie side by side.</summary>
/// <remarks>
/// Where the last operand, the output, can be written in whole fours, a thread takes four neighbours; else its elements are as far apart as there are threads, so that
/// neighbouring threads touch neighbouring elements. An operand that is contiguous is never looked for by division, nor is one whose lines hold whole fours looked for more
/// than once.
/// </remarks>
internal struct Fours
{
    /// <summary>The operand is contiguous: element i lies i after the start.</summary>
    public const int Flat = 1;

    /// <summary>Four neighbours are one aligned <see cref="Four{T}"/>.</summary>
    public const int Whole = 2;

    /// <summary>Four neighbours are one element, repeated.</summary>
    public const int Same = 4;

    /// <summary>The elements and where they lie.</summary>
    public Walk Walk;

    /// <summary>1 where a thread's elements are as far apart as there are threads, 0 where they are neighbours.</summary>
    public int AreApart;

    /// <summary>1 where four neighbours always lie on one line of the innermost axis.</summary>
    public int ShareLine;

    /// <summary>What is known about each operand: <see cref="Flat"/>, <see cref="Whole"/> and <see cref="Same"/>.</summary>
    public Positions Access;

    /// <summary>The first element of this thread; the next four begin 4 <see cref="Threads.Count"/> later.</summary>
    public readonly uint First => AreApart != 0 ? Threads.First : 4 * Threads.First;

    /// <summary>A walk over the operands of one shape, the output last.</summary>
    public static Fours Over(Span<Layout> layouts)
    {
        int flat = 0;
        for (int operand = 0; operand < layouts.Length; operand++)
        {
            flat |= layouts[operand].IsContiguous ? 1 << operand : 0;
        }

        Fours fours = new() { Walk = Walk.Over(layouts) };
        if (fours.Walk.Count == 0)
        {
            return fours;
        }
        // The layouts are coalesced now.
        bool wholeLines = fours.Walk.Inner > 0 && layouts[0].Shape[-1] % 4 == 0;
        for (int operand = 0; operand < layouts.Length; operand++)
        {
            Walk.Set(ref fours.Access, operand, AccessOf(layouts[operand], (flat & (1 << operand)) != 0, wholeLines));
        }

        fours.AreApart = (Walk.Get(fours.Access, layouts.Length - 1) & Whole) != 0 ? 0 : 1;
        fours.ShareLine = wholeLines && fours.AreApart == 0 ? 1 : 0;
        if (fours.AreApart != 0)
        {
            for (int operand = 0; operand < layouts.Length; operand++)
            {
                Walk.Set(ref fours.Access, operand, Walk.Get(fours.Access, operand) & Flat);
            }
        }
        return fours;
    }

    /// <summary>Where the four elements lie that begin with one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly FourPlaces At(uint index)
    {
        uint spacing = AreApart != 0 ? Threads.Count : 1, left = Walk.Count - index;
        uint second = left > spacing ? index + spacing : index, third = left > 2 * spacing ? second + spacing : second;
        uint fourth = left > 3 * spacing ? third + spacing : third;
        FourPlaces at = new()
        {
            Access = Access,
            Count = left > 3 * spacing ? 4 : left > 2 * spacing ? 3 : left > spacing ? 2 : 1,
        };
        // One walk in a loop, not four side by side: a quarter of the code.
        uint next = index;
        for (int rounds = ShareLine != 0 ? 1 : 4; rounds > 0; rounds--)
        {
            at.First = at.Second;
            at.Second = at.Third;
            at.Third = at.Fourth;
            at.Fourth = Walk.At(next);
            if (next != fourth)
            {
                next += spacing;
            }
        }
        if (ShareLine != 0)
        {
            at.First = at.Fourth;
            at.Second = at.First;
            at.Second.Advance(Walk.Axis0.Steps, 1);
            at.Third = at.First;
            at.Third.Advance(Walk.Axis0.Steps, 2);
            at.Fourth.Advance(Walk.Axis0.Steps, 3);
        }
        if ((Access.X & Flat) != 0)
        {
            at.First.X = Walk.Start.X + (int)index;
            at.Second.X = Walk.Start.X + (int)second;
            at.Third.X = Walk.Start.X + (int)third;
            at.Fourth.X = Walk.Start.X + (int)fourth;
        }
        if ((Access.Y & Flat) != 0)
        {
            at.First.Y = Walk.Start.Y + (int)index;
            at.Second.Y = Walk.Start.Y + (int)second;
            at.Third.Y = Walk.Start.Y + (int)third;
            at.Fourth.Y = Walk.Start.Y + (int)fourth;
        }
        if ((Access.Z & Flat) != 0)
        {
            at.First.Z = Walk.Start.Z + (int)index;
            at.Second.Z = Walk.Start.Z + (int)second;
            at.Third.Z = Walk.Start.Z + (int)third;
            at.Fourth.Z = Walk.Start.Z + (int)fourth;
        }
        if ((Access.W & Flat) != 0)
        {
            at.First.W = Walk.Start.W + (int)index;
            at.Second.W = Walk.Start.W + (int)second;
            at.Third.W = Walk.Start.W + (int)third;
            at.Fourth.W = Walk.Start.W + (int)fourth;
        }
        return at;
    }

    private static int AccessOf(Layout coalesced, bool isFlat, bool wholeLines)
    {
        if (isFlat)
        {
            return coalesced.Offset % 4 == 0 ? Flat | Whole : Flat;
        }

        if (!coalesced.Strides.ContainsAnyExcept(0))
        {
            return Same;
        }

        if (!wholeLines)
        {
            return 0;
        }

        if (coalesced.Strides[^1] == 0)
        {
            return Same;
        }

        return coalesced.Strides[^1] == 1 && IsAligned(coalesced) ? Whole : 0;
    }

    /// <summary>Whether every line along the innermost axis begins at a multiple of four elements.</summary>
    private static bool IsAligned(Layout layout)
    {
        bool aligned = layout.Offset % 4 == 0;
        for (int axis = 0; axis < layout.Shape.Rank - 1; axis++)
        {
            aligned &= layout.Strides[axis] % 4 == 0;
        }

        return aligned;
    }
}
