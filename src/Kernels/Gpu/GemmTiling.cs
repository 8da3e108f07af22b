namespace Autodiff.Kernels;

/// <summary>Which tile a matrix product is cut into and into how many chunks its sums.</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Chunks">The number of chunks.</param>
/// <param name="Chunk">The summands of a chunk, a multiple of 8.</param>
internal readonly record struct GemmTiling(GemmTile Tile, int Chunks, int Chunk)
{
    private const int MostPartialResults = 1 << 26;

    /// <summary>The tiles, with the share of a multiprocessor's arithmetic that each reaches inside its loop.</summary>
    public static readonly GemmTile[] Tiles =
    [
        new(GemmTileKind.Tile128x128, 128, 128, 256, 1.00),
        new(GemmTileKind.Tile128x104, 128, 104, 208, 0.98),
        new(GemmTileKind.Tile64x128, 64, 128, 128, 0.90),
        new(GemmTileKind.Tile64x64, 64, 64, 64, 0.75),
    ];

    /// <summary>The tiling that is estimated to be the quickest: whole waves of groups, wasted edges and the joining of chunks counted.</summary>
    public static GemmTiling For(LaunchProfile profile, int rows, int columns, int depth, int batches)
    {
        GemmTiling best = default;
        double least = double.PositiveInfinity;
        foreach (GemmTile tile in Tiles)
        {
            long tiles = (long)DivideUp(rows, tile.Height) * DivideUp(columns, tile.Width) * batches;
            long results = (long)rows * columns * batches;
            double slots = (double)profile.ParallelGroups * 256 / tile.Threads;
            int chunks = (int)Math.Clamp((long)(slots / tiles), 1, Math.Max(1, Math.Min(depth / 128, MostPartialResults / results)));
            int chunk = (DivideUp(depth, chunks) + 7) / 8 * 8;
            chunks = DivideUp(depth, chunk);
            double waves = Math.Ceiling(tiles * chunks / slots);
            // Products per slot, and what writing and reading partial results costs in the same unit.
            double cost = waves * tile.Height * tile.Width * chunk / (tile.Efficiency * tile.Threads) + (chunks > 1 ? 40.0 * results * chunks / slots / tile.Threads : 0);
            if (cost < least)
            {
                least = cost;
                best = new GemmTiling(tile, chunks, chunk);
            }
        }
        return best;
    }

    /// <summary>a / b, rounded up.</summary>
    public static int DivideUp(int a, int b) => (int)(((long)a + b - 1) / b);
}
