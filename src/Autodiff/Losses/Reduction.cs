using System.Numerics;

namespace Autodiff;

/// <summary>What a loss of many elements is reduced to.</summary>
public enum Reduction
{
    /// <summary>The mean over all elements.</summary>
    Mean,

    /// <summary>The sum over all elements.</summary>
    Sum,

    /// <summary>No reduction: one loss per element.</summary>
    None,
}
