namespace Autodiff.Kernels;

/// <summary>What numbers become before tensor cores multiply them.</summary>
internal interface ITensorPrecision
{
    /// <summary>Whether each number is split into two of TF32, or rounded to one.</summary>
    static abstract bool IsSplit { get; }

    /// <summary>How many groups a multiprocessor is to hold, which bounds the registers of a thread.</summary>
    static abstract int GroupsPerMultiprocessor { get; }

    /// <summary>Relative to the float kernels with full precision.</summary>
    static abstract double Speed { get; }
}

/// <summary>x = high + low, both TF32; high·high + high·low + low·high is summed.</summary>
internal readonly struct SplitTf32 : ITensorPrecision
{
    public static bool IsSplit => true;

    public static int GroupsPerMultiprocessor => 1;

    public static double Speed => 1.5;
}

/// <summary>x rounded to the nearest TF32 number.</summary>
internal readonly struct RoundedTf32 : ITensorPrecision
{
    public static bool IsSplit => false;

    public static int GroupsPerMultiprocessor => 2;

    public static double Speed => 4;
}
