using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    private const int MostLayers = 65535;

    /// <inheritdoc/>
    internal override void MatMulCore<T>(View<T> a, View<T> b, View<T> y)
    {
        if (y.Count == 0)
            return;
        if (a.Shape[-1] == 0)
            Fill(y, T.Zero);
        else if (Profile.HasFastBarriers)
            MultiplyByTiles(a, b, y, null);
        else
            MultiplyOnProcessor(a, b, y);
    }

    /// <summary>The product by <see cref="GemmKernel{T, TTile, TLeft, TRight}"/>, in a given tiling or the one that is estimated to be the quickest.</summary>
    internal void MultiplyByTiles<T>(View<T> a, View<T> b, View<T> y, GemmTiling? given)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GemmFactor? leftForm = GemmFactor.Of(a.Layout, -2, -1), rightForm = GemmFactor.Of(b.Layout, -1, -2);
        using Storage<T>? leftCopy = leftForm is null ? new Storage<T>(this, a.Count) : null;
        using Storage<T>? rightCopy = rightForm is null ? new Storage<T>(this, b.Count) : null;
        a = leftCopy is null ? a : CopyOf(a, leftCopy);
        b = rightCopy is null ? b : CopyOf(b, rightCopy);
        GemmFactor left = leftForm ?? GemmFactor.Of(a.Layout, -2, -1)!.Value, right = rightForm ?? GemmFactor.Of(b.Layout, -1, -2)!.Value;

        int rows = y.Shape[-2], columns = y.Shape[-1], depth = a.Shape[-1], batches = y.Count / rows / columns;
        GemmTiling tiling = given ?? GemmTiling.For(Profile, rows, columns, depth, batches);
        int tilesPerRow = GemmTiling.DivideUp(columns, tiling.Tile.Width), tiles = tilesPerRow * GemmTiling.DivideUp(rows, tiling.Tile.Height);
        GemmPlan plan = new()
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            Batches = BatchesOf(a, b),
            LeftLeading = left.Leading,
            RightLeading = right.Leading,
            LeftIsAligned = left.IsAligned ? 1 : 0,
            RightIsAligned = right.IsAligned ? 1 : 0,
            TilesPerRow = new Divisor(tilesPerRow),
            Chunk = tiling.Chunk,
            ChunkStep = y.Count,
            Start = tiling.Chunks == 1 ? y.Layout.Offset : 0,
        };
        using Storage<T>? partial = tiling.Chunks == 1 ? null : new Storage<T>(this, y.Count * tiling.Chunks);
        ArrayView<T> target = partial is null ? Elements(y) : Elements(partial);
        for (; plan.FirstBatch < batches; plan.FirstBatch += MostLayers)
        {
            var groups = new Index3D(tiles, tiling.Chunks, Math.Min(batches - plan.FirstBatch, MostLayers));
            KernelConfig config = new(groups, new Index3D(tiling.Tile.Threads, 1, 1));
            switch (tiling.Tile.Kind)
            {
                case GemmTileKind.Tile128x128:
                    Launch<T, Tile128x128>(config, left, right, Elements(a), Elements(b), target, plan);
                    break;
                case GemmTileKind.Tile128x104:
                    Launch<T, Tile128x104>(config, left, right, Elements(a), Elements(b), target, plan);
                    break;
                case GemmTileKind.Tile64x128:
                    Launch<T, Tile64x128>(config, left, right, Elements(a), Elements(b), target, plan);
                    break;
                default:
                    Launch<T, Tile64x64>(config, left, right, Elements(a), Elements(b), target, plan);
                    break;
            }
        }
        if (partial is not null)
            Join(partial, y, tiling.Chunks);
    }

    private void MultiplyOnProcessor<T>(View<T> a, View<T> b, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = y.Shape[-2], columns = y.Shape[-1], depth = a.Shape[-1], batches = y.Count / rows / columns;
        // Rows of the right factor must lie side by side for vector registers; a copy is cheap beside the products of a few rows.
        using Storage<T>? copy = b.Layout.Stride(-1) != 1 && columns >= 16 && rows >= 4 ? new Storage<T>(this, b.Count) : null;
        b = copy is null ? b : CopyOf(b, copy);
        int tilesDown = GemmTiling.DivideUp(rows, 4), tilesAcross = GemmTiling.DivideUp(columns, 16);
        // Chunks keep the strip of the right factor that all rows share in the second-level cache; with few tiles they also give every core work.
        const int CachedSummands = 3072;
        long wanted = Math.Max(GemmTiling.DivideUp(depth, CachedSummands), Math.Min(depth / 512, Profile.ParallelGroups / ((long)tilesDown * tilesAcross * batches)));
        int chunks = (int)Math.Clamp(wanted, 1, Math.Max(1, (1 << 26) / y.Count));
        int chunk = GemmTiling.DivideUp(depth, chunks);
        chunks = GemmTiling.DivideUp(depth, chunk);
        GemmProcessorPlan plan = new()
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            Batches = BatchesOf(a, b),
            LeftRow = a.Layout.Stride(-2),
            LeftSummed = a.Layout.Stride(-1),
            RightSummed = b.Layout.Stride(-2),
            RightColumn = b.Layout.Stride(-1),
            Chunks = new Divisor(chunks),
            Chunk = chunk,
            ChunkStep = y.Count,
            Start = chunks == 1 ? y.Layout.Offset : 0,
        };
        using Storage<T>? partial = chunks == 1 ? null : new Storage<T>(this, y.Count * chunks);
        KernelConfig config = new(new Index3D(tilesAcross, tilesDown, batches * chunks), new Index3D(1, 1, 1));
        Launch(default(GemmProcessorKernel<T>), config, Elements(a), Elements(b), partial is null ? Elements(y) : Elements(partial), plan);
        if (partial is not null)
            Join(partial, y, chunks);
    }

    private void Launch<T, TTile>(KernelConfig config, GemmFactor left, GemmFactor right, ArrayView<T> a, ArrayView<T> b, ArrayView<T> y, GemmPlan plan)
        where T : unmanaged, INumber<T>
        where TTile : struct, ITile
    {
        switch (left.SummedIsContiguous, right.SummedIsContiguous)
        {
            case (true, false):
                Launch(default(GemmKernel<T, TTile, SummedMajor, KeptMajor>), config, a, b, y, plan);
                break;
            case (true, true):
                Launch(default(GemmKernel<T, TTile, SummedMajor, SummedMajor>), config, a, b, y, plan);
                break;
            case (false, false):
                Launch(default(GemmKernel<T, TTile, KeptMajor, KeptMajor>), config, a, b, y, plan);
                break;
            default:
                Launch(default(GemmKernel<T, TTile, KeptMajor, SummedMajor>), config, a, b, y, plan);
                break;
        }
    }

    /// <summary>y = the sum of the chunks, in their order.</summary>
    private void Join<T>(Storage<T> partial, View<T> y, int chunks)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!y.Layout.TryReshape([1, y.Count], out Layout line))
            throw new ArgumentException($"MatMul: the result of shape {y.Shape} must be contiguous.");
        Reduce(new View<T>(partial, new Layout([chunks, y.Count])), y.With(line), new Sum<T>(T.One));
    }

    private View<T> CopyOf<T>(View<T> x, Storage<T> storage)
        where T : unmanaged
    {
        View<T> copy = new(storage, new Layout(x.Shape));
        Copy(x, copy);
        return copy;
    }

    private static Walk BatchesOf<T>(View<T> a, View<T> b)
        where T : unmanaged
    {
        Layout left = a.Layout, right = b.Layout;
        for (int axis = -2; axis < 0; axis++)
        {
            left = left.Slice(axis, 0, 1);
            right = right.Slice(axis, 0, 1);
        }
        return Walk.Over(left, right);
    }
}
