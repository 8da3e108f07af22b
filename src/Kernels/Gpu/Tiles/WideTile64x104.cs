namespace Autodiff.Kernels;

/// <summary>64 by 104 numbers of eight bytes, 208 threads.</summary>
internal readonly struct WideTile64x104 : ITile<double>
{
    public static int Rows => 16;

    public static int Columns => 13;

    public static int RowsPerThread => 4;

    public static int GroupsPerMultiprocessor => 1;
}
