namespace Autodiff.Kernels;

/// <summary>x = high + low, both TF32; high·high + high·low + low·high is summed.</summary>
internal readonly struct SplitTf32 : ITensorPrecision
{
    public static bool IsSplit => true;

    public static int GroupsPerMultiprocessor => 1;

    public static double Speed => 1.5;
}
