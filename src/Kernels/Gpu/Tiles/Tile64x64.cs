namespace Autodiff.Kernels;

/// <summary>64 by 64 numbers, 64 threads.</summary>
internal readonly struct Tile64x64 : ITile<float>
{
    public static int Rows => 8;

    public static int Columns => 8;

    public static int RowsPerThread => 8;

    public static int GroupsPerMultiprocessor => 6;
}
