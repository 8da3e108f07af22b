using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Which tile a matrix product is cut into and into how many chunks its sums.</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Chunks">The number of chunks.</param>
/// <param name="Chunk">The summands of a chunk, a multiple of 8.</param>
internal readonly record struct GemmTiling<T>(GemmTile<T> Tile, int Chunks, int Chunk)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MostPartialResults = 1 << 26;

    // Fewer summands than this are over before a group's first slices have arrived.
    private const int LeastChunk = 128;

    // The threads of a multiprocessor that keep its arithmetic busy, each with dozens of independent sums.
    private const double SaturatingThreads = 256;

    // What a second launch costs, and one partial result's way to memory and back, in multiply-adds of a multiprocessor. Its share of the bandwidth lets an H200's
    // write and read 8 bytes in 0.26 ns, in which it makes 58 multiply-adds.
    private const double JoinLaunch = 400_000, JoinResult = 58;

    /// <summary>The tiling that is estimated to be the quickest: each tile with the sums whole and cut so that all multiprocessors work.</summary>
    public static GemmTiling<T> For(LaunchProfile profile, GemmTile<T>[] tiles, int rows, int columns, int depth, int batches)
    {
        GemmTiling<T> best = default;
        double least = double.PositiveInfinity;
        int mostChunks = (int)Math.Max(1, Math.Min(depth / LeastChunk, MostPartialResults / ((long)rows * columns * batches)));
        foreach (GemmTile<T> tile in tiles)
        {
            if (tile.Threads > profile.MostThreads)
            {
                continue;
            }

            long count = (long)Tiles.DivideUp(rows, tile.Height) * Tiles.DivideUp(columns, tile.Width) * batches;
            long filling = (long)profile.Multiprocessors * tile.GroupsPerMultiprocessor / count;
            Weigh(1);
            for (int waves = 1; waves <= 2 && mostChunks > 1; waves++)
            {
                Weigh((int)Math.Clamp(waves * filling, 1, mostChunks));
            }

            void Weigh(int chunks)
            {
                int chunk = (Tiles.DivideUp(depth, chunks) + 7) / 8 * 8;
                chunks = Tiles.DivideUp(depth, chunk);
                // The busiest multiprocessor takes this many groups, some of them at a time.
                double groups = Math.Ceiling((double)count * chunks / profile.Multiprocessors);
                double saturation = Math.Min(1, Math.Min(groups, tile.GroupsPerMultiprocessor) * tile.Threads / SaturatingThreads);
                double cost = groups * tile.Height * tile.Width * chunk / (tile.Efficiency * saturation);
                if (chunks > 1)
                {
                    cost += JoinLaunch + JoinResult * rows * columns * batches * chunks / profile.Multiprocessors;
                }

                if (cost < least)
                {
                    least = cost;
                    best = new GemmTiling<T>(tile, chunks, chunk);
                }
            }
        }
        return best;
    }
}
