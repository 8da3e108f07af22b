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
        {
            return;
        }

        if (a.Shape[-1] == 0)
        {
            Fill(y, T.Zero);
        }
        else
        {
            Multiply(a, b, y, a, default(StoreProduct<T>));
        }
    }

    /// <inheritdoc/>
    internal override void MatMulCore<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
    {
        if (y.Count == 0 || a.Shape[-1] == 0)
        {
            base.MatMulCore(a, b, c, y, op);
            return;
        }

        View<T> other = c.With(c.Layout.BroadcastTo(y.Shape));
        Multiply(a, b, y, other, Combined(other, op));
    }

    private StoreCombined<T, TOp> Combined<T, TOp>(View<T> other, TOp op)
        where T : unmanaged
        where TOp : struct, IBinaryKernel<T> =>
        new() { Other = Elements(other), RowStep = other.Layout.Stride(-2), ColumnStep = other.Layout.Stride(-1), Op = op };

    private void Multiply<T, TEpilogue>(View<T> a, View<T> b, View<T> y, View<T> other, TEpilogue epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        if (Profile.HasFastBarriers)
        {
            MultiplyByTiles(a, b, y, other, epilogue, null);
        }
        else
        {
            MultiplyOnProcessor(a, b, y, other, epilogue);
        }
    }

    /// <summary>
    /// The product by <see cref="GemmKernel{T, TTile, TLeft, TRight, TEpilogue}"/>, in a given tiling or the one that is estimated to be the quickest.
    /// </summary>
    /// <param name="a">The left factor.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="y">The result.</param>
    /// <param name="other">The other operand of the epilogue, of the shape of the result; where there is none, any view with the batches of the factors.</param>
    /// <param name="epilogue">What is made of the product.</param>
    /// <param name="given">A tiling, for tests.</param>
    /// <param name="takesSums">Whether the epilogue takes the sums of the left factor's rows.</param>
    /// <returns>Whether the epilogue was given the sums that it takes: where a second launch joins chunks, nobody makes them.</returns>
    internal bool MultiplyByTiles<T, TEpilogue>(View<T> a, View<T> b, View<T> y, View<T> other, TEpilogue epilogue, GemmTiling<T>? given, bool takesSums = false)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        GemmFactor? leftForm = GemmFactor.Of(a.Layout, -2, -1), rightForm = GemmFactor.Of(b.Layout, -1, -2);
        using Storage<T>? leftCopy = leftForm is null ? new Storage<T>(this, a.Count) : null;
        using Storage<T>? rightCopy = rightForm is null ? new Storage<T>(this, b.Count) : null;
        a = leftCopy is null ? a : CopyOf(a, leftCopy);
        b = rightCopy is null ? b : CopyOf(b, rightCopy);
        GemmFactor left = leftForm ?? GemmFactor.Of(a.Layout, -2, -1)!.Value, right = rightForm ?? GemmFactor.Of(b.Layout, -1, -2)!.Value;

        int rows = y.Shape[-2], columns = y.Shape[-1], depth = a.Shape[-1], batches = y.Count / rows / columns;
        GemmTiling<T> tiling = given ?? GemmTiling<T>.For(Profile, GemmTiles<T>.Of(MatMulPrecision), rows, columns, depth, batches);
        int tilesPerRow = Tiles.DivideUp(columns, tiling.Tile.Width), tiles = tilesPerRow * Tiles.DivideUp(rows, tiling.Tile.Height);
        int sums = takesSums ? Tiles.DivideUp(rows, tiling.Tile.RowsOfSums(left)) : 0;
        bool isWhole = tiling.Chunks == 1, hasCounters = Arrivals.OfParts + (long)(tiles + sums) * Math.Min(batches, MostLayers) <= Arrivals.Counters;
        bool isJoinedByLast = !isWhole && tiling.IsJoinedByLast && hasCounters, isJoinedLater = !isWhole && !isJoinedByLast;
        sums = isJoinedLater ? 0 : sums;
        Walk walk = BatchesOf(a, b, other);
        GemmPlan plan = new()
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            Batches = walk,
            LeftLeading = left.Leading,
            RightLeading = right.Leading,
            LeftIsAligned = left.IsAligned ? 1 : 0,
            RightIsAligned = right.IsAligned ? 1 : 0,
            TilesPerRow = new Divisor(tilesPerRow),
            TileCount = tiles,
            Chunk = tiling.Chunk,
            Chunks = tiling.Chunks,
            ChunkStep = y.Count,
            IsJoinedByLast = isJoinedByLast ? 1 : 0,
            Start = isJoinedLater ? 0 : y.Layout.Offset,
            Counters = Counters,
        };
        using Storage<T>? partial = isWhole ? null : new Storage<T>(this, y.Count * tiling.Chunks);
        for (; plan.FirstBatch < batches; plan.FirstBatch += MostLayers)
        {
            var groups = new Index3D(tiles + sums, tiling.Chunks, Math.Min(batches - plan.FirstBatch, MostLayers));
            if (isJoinedLater)
            {
                tiling.Tile.Launch(this, groups, left, right, Elements(a), Elements(b), Elements(partial!), Elements(partial!), plan, default(StoreProduct<T>));
            }
            else
            {
                tiling.Tile.Launch(this, groups, left, right, Elements(a), Elements(b), Elements(y), partial is null ? Elements(y) : Elements(partial), plan, epilogue);
            }
        }

        if (isJoinedLater)
        {
            Join(partial!, y, walk, tiling.Chunks, epilogue);
        }

        return !isJoinedLater;
    }

    private void MultiplyOnProcessor<T, TEpilogue>(View<T> a, View<T> b, View<T> y, View<T> other, TEpilogue epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        int rows = y.Shape[-2], columns = y.Shape[-1], depth = a.Shape[-1], batches = y.Count / rows / columns;
        int strips = Tiles.DivideUp(columns, 16), tilesDown = Tiles.DivideUp(rows, GemmProcessorKernel<T>.Rows);
        // Vector registers take 16 columns that lie side by side.
        bool isPacked = b.Layout.Stride(-1) != 1 || columns < 16;
        Layout distinct = b.Layout;
        for (int axis = 0; isPacked && axis < distinct.Shape.Rank - 2; axis++)
        {
            distinct = distinct.Strides[axis] == 0 ? distinct.Slice(axis, 0, 1) : distinct;
        }

        using Storage<T>? packed = isPacked ? new Storage<T>(this, distinct.Shape.Count / columns * strips * 16) : null;
        View<T> right = packed is null ? b : Pack(b.With(distinct), packed, strips, b.Shape);
        // Chunks keep the strip of the right factor that all rows share in the second-level cache; with few tiles they also give every core work.
        const int CachedSummands = 1536;
        long wanted = Math.Max(Tiles.DivideUp(depth, CachedSummands), Math.Min(depth / 512, Profile.ParallelGroups / ((long)tilesDown * strips * batches)));
        int chunks = (int)Math.Clamp(wanted, 1, Math.Max(1, (1 << 26) / y.Count));
        int chunk = Tiles.DivideUp(depth, chunks);
        chunks = Tiles.DivideUp(depth, chunk);
        // The epilogue is always a second pass here: results are in the cache still.
        bool isDirect = chunks == 1 && typeof(TEpilogue) == typeof(StoreProduct<T>);
        Walk walk = BatchesOf(a, right, other);
        GemmProcessorPlan plan = new()
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            Batches = walk,
            LeftRow = a.Layout.Stride(-2),
            LeftSummed = a.Layout.Stride(-1),
            RightSummed = isPacked ? 16 : b.Layout.Stride(-2),
            StripStep = isPacked ? 16 * depth : 16,
            LastColumn = isPacked ? int.MaxValue : columns - 16,
            Chunks = new Divisor(chunks),
            Chunk = chunk,
            ChunkStep = y.Count,
            Start = isDirect ? y.Layout.Offset : 0,
        };
        using Storage<T>? partial = isDirect ? null : new Storage<T>(this, y.Count * chunks);
        KernelConfig config = new(new Index3D(tilesDown, strips, batches * chunks), new Index3D(1, 1, 1));
        Launch(default(GemmProcessorKernel<T>), config, Elements(a), Elements(right), partial is null ? Elements(y) : Elements(partial), plan);
        if (partial is not null)
        {
            Join(partial, y, walk, chunks, epilogue);
        }
    }

    /// <summary>The strips of a right factor, of the batches of <paramref name="shape"/>.</summary>
    private View<T> Pack<T>(View<T> b, Storage<T> storage, int strips, Shape shape)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int depth = b.Shape[-2], columns = b.Shape[-1], batches = b.Count / depth / columns;
        GemmPackPlan plan = new() { Depth = depth, Columns = columns, Summed = b.Layout.Stride(-2), Column = b.Layout.Stride(-1), Batches = Walk.Over(FirstOfEach(b.Layout)) };
        KernelConfig config = new(new Index3D(Tiles.DivideUp(depth, GemmPackKernel<T>.Block), strips, batches), new Index3D(1, 1, 1));
        Launch(default(GemmPackKernel<T>), config, Elements(b), Elements(storage), plan);
        ReadOnlySpan<int> own = b.Shape.AsSpan()[..^2], all = shape.AsSpan()[..^2];
        return new View<T>(storage, new Layout([.. own, strips * depth, 16]).BroadcastTo([.. all, strips * depth, 16]));
    }

    /// <summary>Gives the sums of the chunks, in their order, to the epilogue.</summary>
    private void Join<T, TEpilogue>(Storage<T> partial, View<T> y, in Walk batches, int chunks, TEpilogue epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        GemmJoinPlan plan = new()
        {
            Count = y.Count,
            Chunks = chunks,
            Rows = new Divisor(y.Shape[-2]),
            Columns = new Divisor(y.Shape[-1]),
            Batches = batches,
            Start = y.Layout.Offset,
            Counters = Counters,
        };
        Launch(default(GemmJoinKernel<T, TEpilogue>), Over((uint)y.Count), Elements(partial), Elements(y), plan, epilogue);
    }

    private View<T> CopyOf<T>(View<T> x, Storage<T> storage)
        where T : unmanaged
    {
        View<T> copy = new(storage, new Layout(x.Shape));
        Copy(x, copy);
        return copy;
    }

    private static Walk BatchesOf<T>(View<T> a, View<T> b, View<T> other)
        where T : unmanaged => Walk.Over(FirstOfEach(a.Layout), FirstOfEach(b.Layout), FirstOfEach(other.Layout));

    /// <summary>The first element of each matrix.</summary>
    private static Layout FirstOfEach(Layout layout)
    {
        for (int axis = -2; axis < 0; axis++)
        {
            layout = layout.Slice(axis, 0, 1);
        }

        return layout;
    }
}
