using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// The largest element that each window sees, NaN if any is. Derivative: 1 for it, for the first of equals (as in PyTorch).
    /// </summary>
    /// <param name="x">[images, channels, rows, columns].</param>
    /// <param name="size">The size of the windows.</param>
    /// <param name="stride">How far they lie apart; by default their size.</param>
    /// <param name="padding">How many rows and columns that are smaller than anything are put around; at most half the size.</param>
    /// <returns>[images, channels, rows, columns], with (size + 2p - k) / s + 1 rows and columns, rounded down.</returns>
    /// <exception cref="ArgumentException">There are not four axes, the window does not fit, or the padding exceeds half of it.</exception>
    public static Tensor<T> MaxPool2d<T>(this Tensor<T> x, Extent2d size, Extent2d? stride = null, Extent2d? padding = null)
        where T : unmanaged, IFloatingPointIeee754<T> => MaxPool("MaxPool2d", x, PoolWindows("MaxPool2d", 4, x, size, stride, padding));

    private static Tensor<T> MaxPool<T>(string operation, Tensor<T> x, (SlidingWindow Rows, SlidingWindow Columns) windows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int images, int channels, int area) = (x.Shape[0], x.Shape[1], x.Shape[2] * x.Shape[3]);
        Shape shape = [images, channels, windows.Rows.Outputs(x.Shape[2]), windows.Columns.Outputs(x.Shape[3])];
        View<T> view = Contiguous(x), y = Tape.Rent<T>(x.Device, shape);
        if (!Tape.Follows(x))
        {
            x.Device.MaxPool(view, y, null, windows.Rows, windows.Columns);
            return new Tensor<T>(y);
        }
        View<int> places = Tape.Rent<int>(x.Device, shape);
        x.Device.MaxPool(view, y, places, windows.Rows, windows.Columns);
        Shape flat = [images, channels, shape[2] * shape[3]];
        Indices indices = new Indices(places, 0, area - 1).Reshape(flat);
        return Tape.Record(operation, y, new Input<T>(x, (gradient, _) =>
            Tensor.Zeros<T>([images, channels, area], x.Device).ScatterAdd(indices, gradient.Reshape(flat), 2).Reshape(x.Shape)));
    }

    private static (SlidingWindow Rows, SlidingWindow Columns) PoolWindows<T>(
        string operation, int rank, Tensor<T> x, Extent2d size, Extent2d? stride, Extent2d? padding)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (x.Rank != rank)
        {
            throw new ArgumentException($"{operation}: the input has shape {x.Shape}; it should be [images, channels, {(rank == 3 ? "length" : "rows, columns")}]. "
                + "Use Unsqueeze(0) for a single one.");
        }

        Extent2d border = padding ?? 0;
        if (2L * border.Height > size.Height || 2L * border.Width > size.Width)
        {
            throw new ArgumentException($"{operation}: the padding {border} exceeds half of the window {size}; windows that see nothing have no result.");
        }

        Shape shape = rank == 3 ? [x.Shape[0], x.Shape[1], 1, x.Shape[2]] : x.Shape;
        if (shape[2] == 0 || shape[3] == 0)
        {
            throw new ArgumentException($"{operation}: the input has shape {x.Shape}; there is nothing for windows to see.");
        }

        return Windows(operation, shape, size, stride ?? size, border, 1);
    }
}
