namespace Autodiff.Kernels;

/// <summary>32 by 64 numbers, 64 threads.</summary>
internal readonly struct Tile32x64 : ITile<float>
{
    public static int Rows => 8;

    public static int Columns => 8;

    public static int RowsPerThread => 4;

    public static int GroupsPerMultiprocessor => 10;
}
