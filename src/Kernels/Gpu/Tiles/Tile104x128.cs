namespace Autodiff.Kernels;

/// <summary>104 by 128 numbers, 208 threads.</summary>
internal readonly struct Tile104x128 : ITile<float>
{
    public static int Rows => 13;

    public static int Columns => 16;

    public static int RowsPerThread => 8;

    public static int GroupsPerMultiprocessor => 2;
}
