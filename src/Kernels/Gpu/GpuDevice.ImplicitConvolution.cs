using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    // Convolutions by ConvolutionKernel: what windows see is read from the images by the product itself.

    private void ConvolveByTiles<T>(View<T> x, View<T> weight, View<T>? bias, View<T> y, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outputs, int height, int width) = (y.Shape[1], y.Shape[2], y.Shape[3]);
        WindowGeometry windows = new(x.Shape, x.Layout.Offset, height, width, rows, columns);
        StoreImages<T> epilogue = new()
        {
            Bias = Elements(bias ?? weight),
            BiasStart = bias?.Layout.Offset ?? 0,
            HasBias = bias is null ? 0 : 1,
            PerImage = windows.PerImage,
            PerRow = windows.PerRow,
            ImageStep = outputs * height * width,
            ChannelStep = height * width,
            RowStep = width,
            ColumnStep = 1,
        };
        MultiplyWindows(weight, outputs, x, windows, sumsOverWindows: false, y, y.Layout.Offset, epilogue);
    }

    /// <summary>
    /// The transposed convolution. Of the results those whose rows and columns leave the same rests when divided by the strides see the same elements of the windows: for each
    /// pair of rests, a convolution with those alone, of stride 1.
    /// </summary>
    private void ConvolveGradientByTiles<T>(View<T> gradient, View<T> weight, View<T> x, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outputs, int channels) = (weight.Shape[0], weight.Shape[1]);
        using var storage = new Storage<T>(this, weight.Count);
        for (int top = 0; top < Math.Min(rows.Stride, x.Shape[2]); top++)
        {
            for (int left = 0; left < Math.Min(columns.Stride, x.Shape[3]); left++)
            {
                View<T> part = x.With(Every(Every(x.Layout, 2, top, rows.Stride), 3, left, columns.Stride));
                (int firstRow, SlidingWindow down) = Seen(rows, top);
                (int firstColumn, SlidingWindow across) = Seen(columns, left);
                if (down.Size == 0 || across.Size == 0 || gradient.Count == 0)
                {
                    Fill(part, T.Zero);
                    continue;
                }
                Layout used = weight.Layout.Slice(2, firstRow, down.Size, Step(rows)).Slice(3, firstColumn, across.Size, Step(columns)).Permute([1, 0, 2, 3]);
                View<T> matrix = new(storage, new Layout([channels, outputs, down.Size, across.Size]));
                Copy(weight.With(used), matrix);
                WindowGeometry windows = new(gradient.Shape, gradient.Layout.Offset, part.Shape[2], part.Shape[3], down, across);
                StoreImages<T> epilogue = new()
                {
                    Bias = Elements(weight),
                    PerImage = windows.PerImage,
                    PerRow = windows.PerRow,
                    ImageStep = part.Layout.Stride(0),
                    ChannelStep = part.Layout.Stride(1),
                    RowStep = part.Layout.Stride(2),
                    ColumnStep = part.Layout.Stride(3),
                };
                MultiplyWindows(matrix, channels, gradient, windows, sumsOverWindows: false, x, part.Layout.Offset, epilogue);
            }
        }

        static Layout Every(Layout layout, int axis, int first, int step) => layout.Slice(axis, first, (layout.Shape[axis] - first + step - 1) / step, step);

        static int Step(SlidingWindow window) => window.Stride / (int)BigInteger.GreatestCommonDivisor(window.Stride, window.Dilation);

        // Position rest + i · stride is element j of window (rest + padding - j · dilation) / stride + i where that division leaves nothing: for one j and every Step-th after it.
        static (int First, SlidingWindow Window) Seen(SlidingWindow window, int rest)
        {
            int first = 0, step = Step(window);
            while (first < step && (rest + window.Padding - first * window.Dilation) % window.Stride != 0)
            {
                first++;
            }

            int size = first == step || first >= window.Size ? 0 : (window.Size - 1 - first) / step + 1;
            return (first, new SlidingWindow(size, 1, -((rest + window.Padding - first * window.Dilation) / window.Stride), -(step * window.Dilation / window.Stride)));
        }
    }

    private void ConvolveWeightGradientByTiles<T>(View<T> x, View<T> gradient, View<T> weight, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int images, int outputs, int height, int width) = (gradient.Shape[0], gradient.Shape[1], gradient.Shape[2], gradient.Shape[3]);
        using Storage<T>? storage = images == 1 ? null : new Storage<T>(this, gradient.Count);
        View<T> matrix = gradient;
        if (storage is not null)
        {
            matrix = new View<T>(storage, new Layout([outputs, images, height * width]));
            Copy(gradient.With(Flat(gradient, [images, outputs, height * width]).Permute([1, 0, 2])), matrix);
        }
        WindowGeometry windows = new(x.Shape, x.Layout.Offset, height, width, rows, columns);
        MultiplyWindows(matrix, outputs, x, windows, sumsOverWindows: true, weight, weight.Layout.Offset, default(StoreProduct<T>));
    }

    /// <summary>The product of a contiguous matrix and what windows see, or the transpose of that.</summary>
    private void MultiplyWindows<T, TEpilogue>(
        View<T> left, int rows, View<T> images, in WindowGeometry windows, bool sumsOverWindows, View<T> y, int start, TEpilogue epilogue)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TEpilogue : struct, IEpilogue<T>
    {
        (int depth, int columns) = sumsOverWindows ? (windows.Count, windows.Seen) : (windows.Seen, windows.Count);
        GemmTiling<T> tiling = GemmTiling<T>.For(Profile, GemmTiles<T>.All, rows, columns, depth, 1);
        int tilesPerRow = Tiles.DivideUp(columns, tiling.Tile.Width);
        ConvolutionPlan plan = new()
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            LeftStart = left.Layout.Offset,
            LeftLeading = depth,
            LeftIsAligned = ((left.Layout.Offset | depth) & 3) == 0 ? 1 : 0,
            Windows = windows,
            TilesPerRow = new Divisor(tilesPerRow),
            Chunk = tiling.Chunk,
            ChunkStep = rows * columns,
            Start = tiling.Chunks == 1 ? start : 0,
        };
        Index3D groups = new(tilesPerRow * Tiles.DivideUp(rows, tiling.Tile.Height), tiling.Chunks, 1);
        if (tiling.Chunks == 1)
        {
            tiling.Tile.LaunchConvolution(this, groups, sumsOverWindows, Elements(left), Elements(images), Elements(y), plan, epilogue);
            return;
        }
        using var partial = new Storage<T>(this, rows * columns * tiling.Chunks);
        tiling.Tile.LaunchConvolution(this, groups, sumsOverWindows, Elements(left), Elements(images), Elements(partial), plan, default(StoreProduct<T>));
        GemmJoinPlan join = new()
        {
            Count = rows * columns,
            Chunks = tiling.Chunks,
            Rows = new Divisor(rows),
            Columns = new Divisor(columns),
            Batches = Walk.Over(new Layout([1])),
            Start = start,
            Counters = Counters,
        };
        Launch(default(GemmJoinKernel<T, TEpilogue>), Over((uint)join.Count), Elements(partial), Elements(y), join, epilogue);
    }
}
