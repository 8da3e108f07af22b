using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Where the up to four elements lie that a thread takes at a time, in each of up to four operands.</summary>
internal struct FourPlaces
{
    public Positions First, Second, Third, Fourth, Access;

    /// <summary>How many elements there are, from 1 to 4; places beyond them repeat the last.</summary>
    public int Count;

    public readonly Places X
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(First.X, Second.X, Third.X, Fourth.X, Count, Access.X);
    }

    public readonly Places Y
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(First.Y, Second.Y, Third.Y, Fourth.Y, Count, Access.Y);
    }

    public readonly Places Z
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(First.Z, Second.Z, Third.Z, Fourth.Z, Count, Access.Z);
    }

    public readonly Places W
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(First.W, Second.W, Third.W, Fourth.W, Count, Access.W);
    }
}
