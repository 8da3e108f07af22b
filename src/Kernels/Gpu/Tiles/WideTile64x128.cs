namespace Autodiff.Kernels;

/// <summary>64 by 128 numbers of eight bytes, 256 threads.</summary>
internal readonly struct WideTile64x128 : ITile<double>
{
    public static int Rows => 16;

    public static int Columns => 16;

    public static int RowsPerThread => 4;

    public static int GroupsPerMultiprocessor => 1;
}
