namespace Autodiff.Kernels;

/// <summary>Which random numbers go where.</summary>
internal struct RandomPlan
{
    /// <summary>Names the stream.</summary>
    public ulong Seed;

    /// <summary>The block of the stream that gives the first four numbers.</summary>
    public ulong FirstBlock;

    /// <summary>How many numbers.</summary>
    public uint Count;

    /// <summary>Where the numbers begin.</summary>
    public int Start;

    /// <summary>1 for normal numbers, 0 for uniform ones.</summary>
    public int IsNormal;
}
