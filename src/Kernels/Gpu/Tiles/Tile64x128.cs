namespace Autodiff.Kernels;

/// <summary>64 by 128 numbers, 128 threads.</summary>
internal readonly struct Tile64x128 : ITile<float>
{
    public static int Rows => 8;

    public static int Columns => 16;

    public static int RowsPerThread => 8;

    public static int GroupsPerMultiprocessor => 4;
}
