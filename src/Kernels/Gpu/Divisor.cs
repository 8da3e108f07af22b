using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Division of numbers below 2³¹ by a divisor that the host knows: a multiplication and a shift instead of some twenty instructions.</summary>
/// <remarks>Granlund and Montgomery 1994, "Division by invariant integers using multiplication", figure 4.1.</remarks>
internal struct Divisor
{
    /// <summary>The divisor, at least 1.</summary>
    public uint Value;

    /// <summary>2³² (2^Shift - Value) / Value + 1.</summary>
    public uint Multiplier;

    /// <summary>The binary logarithm of the divisor, rounded up.</summary>
    public int Shift;

    public Divisor(int value)
    {
        Value = (uint)value;
        Shift = 32 - BitOperations.LeadingZeroCount((uint)value - 1);
        Multiplier = (uint)(((1UL << 32) * ((1UL << Shift) - Value) / Value) + 1);
    }

    /// <summary>n / Value.</summary>
    public readonly uint Divide(uint n) => ((uint)(((ulong)n * Multiplier) >> 32) + n) >> Shift;
}
