namespace Benchmarks.Peers;

/// <summary>An input of an operation: uniform numbers that both libraries get.</summary>
/// <param name="Shape">The sizes of the axes, as the operation sees them.</param>
public sealed record Operand(params int[] Shape)
{
    /// <summary>The smallest number.</summary>
    public float Minimum { get; init; } = -1;

    /// <summary>The bound of the numbers.</summary>
    public float Maximum { get; init; } = 1;

    /// <summary>Whether it lies in memory with its last two axes swapped, and the operation sees the transposed view.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>The sizes of the axes as they lie in memory.</summary>
    public int[] StoredShape => IsTransposed ? [.. Shape[..^2], Shape[^1], Shape[^2]] : Shape;

    /// <summary>The numbers in the order of memory; the same for the same number of the operand.</summary>
    public float[] Values(int number) =>
        new SplitMix64((ulong)number + 7).Uniform(Shape.Aggregate(1, (product, length) => product * length), Minimum, Maximum);
}
