using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    // On a GPU convolutions are matrix products that read what windows see from the images. Where threads have no shared memory of their own,
    // what all windows see is written out for as many images at a time as fit here: 256 MiB of floats.
    private const int MaxWindowElements = 1 << 26;

    /// <inheritdoc/>
    internal override void ConvolveCore<T>(View<T> x, View<T> weight, View<T>? bias, View<T> y, SlidingWindow rows, SlidingWindow columns)
    {
        if (y.Count == 0)
        {
            return;
        }

        if (Profile.HasFastBarriers && x.Count > 0)
        {
            ConvolveByTiles(x, weight, bias, y, rows, columns);
            return;
        }
        (int outputs, int depth, int positions) = (y.Shape[1], weight.Count / y.Shape[1], y.Shape[2] * y.Shape[3]);
        View<T> left = weight.With(Flat(weight, [1, outputs, depth]).BroadcastTo([PerPass(x.Shape[0], depth, positions), outputs, depth]));
        View<T>? shifts = bias is { } shift ? shift.With(Flat(shift, [outputs, 1]).BroadcastTo([y.Shape[0], outputs, positions])) : null;
        OverWindows(x, rows, columns, depth, positions, (first, count, windows) =>
        {
            View<T> some = left.With(left.Layout.Slice(0, 0, count)), result = Images(y, first, count, [count, outputs, positions]);
            if (shifts is { } line)
            {
                MatMul(some, windows, line.With(line.Layout.Slice(0, first, count)), result, default(Elementwise.Add<T>));
            }
            else
            {
                MatMul(some, windows, result);
            }
        });
    }

    /// <inheritdoc/>
    internal override void ConvolveGradientCore<T>(View<T> gradient, View<T> weight, View<T> x, SlidingWindow rows, SlidingWindow columns)
    {
        if (x.Count == 0)
        {
            return;
        }

        if (Profile.HasFastBarriers)
        {
            ConvolveGradientByTiles(gradient, weight, x, rows, columns);
            return;
        }
        (int outputs, int depth, int positions) = (gradient.Shape[1], weight.Count / gradient.Shape[1], gradient.Shape[2] * gradient.Shape[3]);
        int images = x.Shape[0], perPass = PerPass(images, depth, positions);
        using var windows = new Storage<T>(this, perPass * depth * positions);
        for (int first = 0; first < images; first += perPass)
        {
            int count = Math.Min(perPass, images - first);
            Layout turned = Flat(weight, [1, outputs, depth]).Permute([0, 2, 1]).BroadcastTo([count, depth, outputs]);
            MatMul(weight.With(turned), Images(gradient, first, count, [count, outputs, positions]), new View<T>(windows, new Layout([count, depth, positions])));
            int size = x.Count / images;
            var plan = new FoldPlan(count * size, x.Shape, rows, columns) { Target = x.Layout.Offset + first * size };
            Launch(default(FoldKernel<T>), Over(plan.Count), Elements(windows), Elements(x), plan);
        }
    }

    /// <inheritdoc/>
    internal override void ConvolveWeightGradientCore<T>(View<T> x, View<T> gradient, View<T> weight, SlidingWindow rows, SlidingWindow columns)
    {
        if (x.Count == 0)
        {
            Fill(weight, T.Zero);
            return;
        }
        if (Profile.HasFastBarriers && gradient.Count > 0)
        {
            ConvolveWeightGradientByTiles(x, gradient, weight, rows, columns);
            return;
        }
        (int outputs, int depth, int positions) = (gradient.Shape[1], weight.Count / gradient.Shape[1], gradient.Shape[2] * gradient.Shape[3]);
        using var products = new Storage<T>(this, x.Shape[0] * weight.Count);
        View<T> all = new(products, new Layout([x.Shape[0], outputs, depth]));
        OverWindows(x, rows, columns, depth, positions, (first, count, windows) =>
            MatMul(
                Images(gradient, first, count, [count, outputs, positions]), windows.With(windows.Layout.Permute([0, 2, 1])),
                Images(all, first, count, [count, outputs, depth])));
        Reduce(all, weight.With(Flat(weight, [1, outputs, depth])), new Reductions.Sum<T>(T.One));
    }

    private delegate void WindowPass<T>(int first, int count, View<T> windows)
        where T : unmanaged;

    /// <summary>Writes out what windows see, [images, depth, positions], a few images at a time (im2col): a copy of an overlapping view.</summary>
    private void OverWindows<T>(View<T> x, SlidingWindow rows, SlidingWindow columns, int depth, int positions, WindowPass<T> pass)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int images = x.Shape[0], perPass = PerPass(images, depth, positions);
        Shape bordered = [perPass, x.Shape[1], x.Shape[2] + 2 * rows.Padding, x.Shape[3] + 2 * columns.Padding];
        bool hasBorder = rows.Padding > 0 || columns.Padding > 0;
        using var border = new Storage<T>(this, hasBorder ? bordered.Count : 1);
        using var windows = new Storage<T>(this, perPass * depth * positions);
        View<T> placed = new(border, new Layout(hasBorder ? bordered : [1]));
        Fill(placed, T.Zero);
        for (int first = 0; first < images; first += perPass)
        {
            int count = Math.Min(perPass, images - first);
            View<T> seen = x.With(x.Layout.Slice(0, first, count));
            if (hasBorder)
            {
                Layout some = placed.Layout.Slice(0, 0, count);
                Copy(seen, placed.With(some.Slice(2, rows.Padding, x.Shape[2]).Slice(3, columns.Padding, x.Shape[3])));
                seen = placed.With(some);
            }
            Layout sliding = seen.Layout.Windows(rows with { Padding = 0 }, columns with { Padding = 0 });
            Copy(seen.With(sliding), new View<T>(windows, new Layout(sliding.Shape)));
            pass(first, count, new View<T>(windows, new Layout([count, depth, positions])));
        }
    }

    private static int PerPass(int images, int depth, int positions) => (int)Math.Clamp(MaxWindowElements / ((long)depth * positions), 1, images);

    private static View<T> Images<T>(View<T> view, int first, int count, Shape shape)
        where T : unmanaged
    {
        View<T> some = view.With(view.Layout.Slice(0, first, count));
        return some.With(Flat(some, shape));
    }

    private static Layout Flat<T>(View<T> view, Shape shape)
        where T : unmanaged =>
        view.Layout.TryReshape(shape, out Layout layout) ? layout : throw new InvalidOperationException("A contiguous layout always reshapes.");
}
