using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>The tiles of a type, the best first.</summary>
/// <remarks>
/// To add one, write its <see cref="ITile{T}"/> and its row here: <see cref="GemmTiling{T}"/> weighs them all. Each row says why it is there; the efficiencies are ratios of
/// instructions in the assembled loops (multiply-adds per slice: 512 of about 680 with 8 by 8 sums, 256 of about 400 with 4 by 8) and of shared memory read per multiply-add.
/// </remarks>
internal static class GemmTiles<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>All tiles.</summary>
    public static readonly GemmTile<T>[] All = typeof(T) == typeof(float) ? (GemmTile<T>[])(object)Floats : (GemmTile<T>[])(object)Doubles;

    /// <summary>The tiles for a precision, which concerns float alone.</summary>
    public static GemmTile<T>[] Of(MatMulPrecision precision) => typeof(T) != typeof(float) ? All : precision switch
    {
        MatMulPrecision.ThreeTf32 => (GemmTile<T>[])(object)ThreeTf32,
        MatMulPrecision.Tf32 => (GemmTile<T>[])(object)Tf32,
        _ => All,
    };

    private static readonly GemmTile<float>[] ThreeTf32 = [new TensorTile<SplitTf32>()];

    private static readonly GemmTile<float>[] Tf32 = [new TensorTile<RoundedTf32>()];

    private static GemmTile<float>[] Floats =>
    [
        new ArithmeticTile<float, Tile128x128>(1.00),
        // A hundred columns or rows (hidden units) with 4 % waste instead of 28 %.
        new ArithmeticTile<float, Tile128x104>(0.98),
        new ArithmeticTile<float, Tile104x128>(0.98),
        // Half as large: results that would leave multiprocessors idle, or edges wasted.
        new ArithmeticTile<float, Tile128x64>(0.90),
        new ArithmeticTile<float, Tile64x128>(0.90),
        new ArithmeticTile<float, Tile64x64>(0.80),
        // Small results.
        new ArithmeticTile<float, Tile32x64>(0.55),
    ];

    private static GemmTile<double>[] Doubles =>
    [
        new ArithmeticTile<double, WideTile64x128>(1.00),
        new ArithmeticTile<double, WideTile64x104>(0.98),
        new ArithmeticTile<double, WideTile64x64>(0.92),
        new ArithmeticTile<double, WideTile32x64>(0.80),
    ];
}
