using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// The mean of what each window sees, zeros of the padding counted (PyTorch's default). Derivative: 1 / n for each of the n elements.
    /// </summary>
    /// <param name="x">[images, channels, rows, columns].</param>
    /// <param name="size">The size of the windows.</param>
    /// <param name="stride">How far they lie apart; by default their size.</param>
    /// <param name="padding">How many rows and columns of zeros are put around; at most half the size.</param>
    /// <returns>[images, channels, rows, columns], with (size + 2p - k) / s + 1 rows and columns, rounded down.</returns>
    /// <exception cref="ArgumentException">There are not four axes, the window does not fit, or the padding exceeds half of it.</exception>
    public static Tensor<T> AveragePool2d<T>(this Tensor<T> x, Extent2d size, Extent2d? stride = null, Extent2d? padding = null)
        where T : unmanaged, IFloatingPointIeee754<T> => AveragePool(x, PoolWindows("AveragePool2d", 4, x, size, stride, padding));

    private static Tensor<T> AveragePool<T>(Tensor<T> x, (SlidingWindow Rows, SlidingWindow Columns) windows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (SlidingWindow rows, SlidingWindow columns) = windows;
        if (rows.Padding > 0 || columns.Padding > 0)
            x = x.Pad([(0, 0), (0, 0), (rows.Padding, rows.Padding), (columns.Padding, columns.Padding)]);
        return SlidingSum(x, rows with { Padding = 0 }, columns with { Padding = 0 }, T.One / T.CreateChecked(rows.Size * columns.Size));
    }

    /// <summary>
    /// The sum of what each window sees, times a scale: a reduction of an overlapping view. It passes back the sliding sum of the gradient
    /// spread out by the strides, with a border as wide as windows reach.
    /// </summary>
    private static Tensor<T> SlidingSum<T>(Tensor<T> x, SlidingWindow rows, SlidingWindow columns, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int images, int channels, int height, int width) = (x.Shape[0], x.Shape[1], x.Shape[2], x.Shape[3]);
        View<T> view = x.View;
        Layout windows = view.Layout.Windows(rows, columns).Permute([2, 3, 0, 1, 4, 5]);
        Shape shape = [images, channels, windows.Shape[4], windows.Shape[5]];
        View<T> y = Tape.Rent<T>(x.Device, shape);
        Layout result = new([1, 1, .. shape.AsSpan()]);
        x.Device.Reduce(view.With(windows), y.With(result), new Kernels.Reductions.Sum<T>(scale));
        return Tape.Record("AveragePool", y, new Input<T>(x, (gradient, _) =>
        {
            AxisRange[] places = Whole(gradient.Shape);
            places[2] = new AxisRange(rows.Size - 1, shape[2], rows.Stride);
            places[3] = new AxisRange(columns.Size - 1, shape[3], columns.Stride);
            Tensor<T> spread = Embed("AveragePoolGradient", gradient, [images, channels, height + rows.Size - 1, width + columns.Size - 1], places, T.Zero);
            return SlidingSum(spread, new SlidingWindow(rows.Size), new SlidingWindow(columns.Size), scale);
        }));
    }
}
