namespace Autodiff.Kernels;

/// <summary>128 by 104 numbers, 208 threads.</summary>
internal readonly struct Tile128x104 : ITile<float>
{
    public static int Rows => 16;

    public static int Columns => 13;

    public static int RowsPerThread => 8;

    public static int GroupsPerMultiprocessor => 2;
}
