namespace Autodiff.Kernels;

/// <summary>An angle as quarter turns and the rest, at most an eighth of a turn: angle = Count π/2 + Rest + Tail.</summary>
internal struct QuarterTurns<T>
    where T : unmanaged
{
    /// <summary>The number of quarter turns, modulo 4 or more.</summary>
    public int Count;

    /// <summary>The rest, rounded.</summary>
    public T Rest;

    /// <summary>What rounding took from the rest; 0 in float.</summary>
    public T Tail;
}
