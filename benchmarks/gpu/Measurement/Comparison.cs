namespace Benchmarks.Gpu;

/// <summary>Contenders that take turns on one workload, and what of them is held against what.</summary>
/// <param name="Contenders">The contenders by name, in their order.</param>
/// <param name="Pairs">The ratios to take.</param>
public sealed record Comparison(IReadOnlyList<(string Name, Func<IContender> Make)> Contenders, IReadOnlyList<Pair> Pairs)
{
    /// <summary>What one repetition does, in units such as floating-point operations or bytes; 0 where that means nothing.</summary>
    public double Work { get; init; }

    /// <summary>The unit of <see cref="Work"/> per second, in units of 10⁹.</summary>
    public string RateUnit { get; init; } = "";

    /// <summary>What contenders do whose work is other than <see cref="Work"/>.</summary>
    public IReadOnlyDictionary<string, double> WorkOf { get; init; } = new Dictionary<string, double>();
}

/// <summary>A ratio of times.</summary>
/// <param name="Ours">The contender above the line.</param>
/// <param name="Theirs">The contender below the line.</param>
/// <param name="Gate">The most that the ratio may be; null where none was set.</param>
/// <param name="Scale">What the time below is multiplied by: how much more of the work the contender above does.</param>
public sealed record Pair(string Ours, string Theirs, double? Gate = null, double Scale = 1);
