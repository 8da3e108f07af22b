namespace Autodiff.Kernels;

/// <summary>32 by 64 numbers of eight bytes, 64 threads.</summary>
internal readonly struct WideTile32x64 : ITile<double>
{
    public static int Rows => 8;

    public static int Columns => 8;

    public static int RowsPerThread => 4;

    public static int GroupsPerMultiprocessor => 4;
}
