namespace Autodiff.Kernels;

/// <summary>64 by 64 numbers of eight bytes, 128 threads.</summary>
internal readonly struct WideTile64x64 : ITile<double>
{
    public static int Rows => 16;

    public static int Columns => 8;

    public static int RowsPerThread => 4;

    public static int GroupsPerMultiprocessor => 3;
}
