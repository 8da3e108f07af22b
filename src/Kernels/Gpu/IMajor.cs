namespace Autodiff.Kernels;

/// <summary>Along which axis the elements of a factor of a matrix product lie side by side.</summary>
internal interface IMajor
{
    /// <summary>True for the axis that is summed over, false for the one that stays (the rows of the left factor, the columns of the right one).</summary>
    static abstract bool SummedIsContiguous { get; }
}

/// <summary>The elements of one sum lie side by side: the left factor as it is, the right one transposed.</summary>
internal readonly struct SummedMajor : IMajor
{
    public static bool SummedIsContiguous => true;
}

/// <summary>The elements of neighbouring results lie side by side: the left factor transposed, the right one as it is.</summary>
internal readonly struct KeptMajor : IMajor
{
    public static bool SummedIsContiguous => false;
}
