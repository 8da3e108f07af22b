namespace Autodiff.Kernels;

/// <summary>The part of a matrix product that a group of threads makes: 8 <see cref="Rows"/> by 8 <see cref="Columns"/>, 8 by 8 per thread.</summary>
internal interface ITile
{
    /// <summary>The threads along a column of the result.</summary>
    static abstract int Rows { get; }

    /// <summary>The threads along a row of the result.</summary>
    static abstract int Columns { get; }
}

/// <summary>128 by 128, 256 threads.</summary>
internal readonly struct Tile128x128 : ITile
{
    public static int Rows => 16;

    public static int Columns => 16;
}

/// <summary>128 by 104, 208 threads: a hundred hidden units with 4 % of the threads' work wasted.</summary>
internal readonly struct Tile128x104 : ITile
{
    public static int Rows => 16;

    public static int Columns => 13;
}

/// <summary>64 by 128, 128 threads.</summary>
internal readonly struct Tile64x128 : ITile
{
    public static int Rows => 8;

    public static int Columns => 16;
}

/// <summary>64 by 64, 64 threads.</summary>
internal readonly struct Tile64x64 : ITile
{
    public static int Rows => 8;

    public static int Columns => 8;
}
