using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Which tile a matrix product is cut into and into how many chunks its sums.</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Chunks">The number of chunks.</param>
/// <param name="Chunk">The summands of a chunk, a multiple of 8.</param>
/// <param name="IsJoinedByLast">Whether the last group of a tile that arrives joins its chunks; else a second launch does.</param>
/// <remarks>
/// A second launch costs what launches cost, but has all multiprocessors read the chunks; the last group reads those of its tile alone, and spares the launch. So the last group
/// joins where tiles are small and chunks few. Three tiles of 128 by 104 in 88 chunks, the tutorial's first layer on an H200, would keep one multiprocessor reading 4.7 MB.
/// </remarks>
internal readonly record struct GemmTiling<T>(GemmTile<T> Tile, int Chunks, int Chunk, bool IsJoinedByLast = false)
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

    // What a multiprocessor could multiply while it waits for memory: 600 cycles. A thread that joins chunks waits once for each four, and for each that is left.
    private const double RoundTrip = 76_800;

    // Before the last group can join, it waits for what it wrote, for the counter, and for what it reads first.
    private const int RoundTripsOfArrival = 3;

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
                bool isJoinedByLast = false;
                if (chunks > 1)
                {
                    double turn = RoundTrip * (chunks / 4 + chunks % 4), turns = Math.Ceiling((double)Math.Min(tile.Height, rows) * Math.Min(tile.Width, columns) / tile.Threads);
                    double byLaunch = JoinLaunch + Math.Max(turn, JoinResult * rows * columns * batches * chunks / profile.Multiprocessors);
                    double byLast = RoundTrip * RoundTripsOfArrival + turn * turns;
                    isJoinedByLast = tile.CanBeJoinedByLast && byLast < byLaunch;
                    cost += isJoinedByLast ? byLast : byLaunch;
                }

                if (cost < least)
                {
                    least = cost;
                    best = new GemmTiling<T>(tile, chunks, chunk, isJoinedByLast);
                }
            }
        }
        return best;
    }
}
