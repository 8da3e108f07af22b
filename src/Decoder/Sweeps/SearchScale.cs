namespace Decoder.Sweeps;

/// <summary>What the values of an option are, which decides how a range of them is drawn from.</summary>
internal enum SearchScale
{
    /// <summary>Names: there is no range.</summary>
    Name,

    /// <summary>Whole numbers from 1 on; their logarithms are drawn uniformly.</summary>
    Integer,

    /// <summary>Positive numbers; their logarithms are drawn uniformly.</summary>
    Logarithmic,

    /// <summary>Numbers, drawn uniformly.</summary>
    Linear,
}
