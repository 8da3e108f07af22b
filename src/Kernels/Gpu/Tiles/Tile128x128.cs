namespace Autodiff.Kernels;

/// <summary>128 by 128 numbers, 256 threads.</summary>
internal readonly struct Tile128x128 : ITile<float>
{
    public static int Rows => 16;

    public static int Columns => 16;

    public static int RowsPerThread => 8;

    public static int GroupsPerMultiprocessor => 2;
}
