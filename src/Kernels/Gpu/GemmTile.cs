namespace Autodiff.Kernels;

/// <summary>What the choice of a tile knows about it.</summary>
/// <param name="Kind">Which tile.</param>
/// <param name="Height">The rows of the result that it covers.</param>
/// <param name="Width">The columns.</param>
/// <param name="Threads">The threads of its group.</param>
/// <param name="Efficiency">The share of a multiprocessor's arithmetic that its loop reaches, relative to the best tile.</param>
internal sealed record GemmTile(GemmTileKind Kind, int Height, int Width, int Threads, double Efficiency);

/// <summary>The implementations of <see cref="ITile"/>.</summary>
internal enum GemmTileKind
{
    Tile128x128,
    Tile128x104,
    Tile64x128,
    Tile64x64,
}
