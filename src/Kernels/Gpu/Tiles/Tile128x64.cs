namespace Autodiff.Kernels;

/// <summary>128 by 64 numbers, 128 threads.</summary>
internal readonly struct Tile128x64 : ITile<float>
{
    public static int Rows => 16;

    public static int Columns => 8;

    public static int RowsPerThread => 8;

    public static int GroupsPerMultiprocessor => 4;
}
