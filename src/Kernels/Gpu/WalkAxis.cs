namespace Autodiff.Kernels;

/// <summary>One axis of a <see cref="Walk"/>: its size and the steps of the operands along it.</summary>
internal struct WalkAxis
{
    public Divisor Size;
    public Positions Steps;

    /// <summary>Moves along this axis by the index modulo its size; what is left of the index counts the outer axes.</summary>
    public readonly uint Advance(uint index, ref Positions positions)
    {
        uint outer = Size.Divide(index);
        positions.Advance(Steps, (int)(index - outer * Size.Value));
        return outer;
    }
}
