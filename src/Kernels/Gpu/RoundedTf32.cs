namespace Autodiff.Kernels;

/// <summary>x rounded to the nearest TF32 number.</summary>
internal readonly struct RoundedTf32 : ITensorPrecision
{
    public static bool IsSplit => false;

    public static int GroupsPerMultiprocessor => 2;

    public static double Speed => 4;
}
