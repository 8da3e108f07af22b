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
        View<T> view = Contiguous(x), y = Tape.Rent<T>(x.Device, [x.Shape[0], x.Shape[1], rows.Outputs(x.Shape[2]), columns.Outputs(x.Shape[3])]);
        x.Device.AveragePool(view, y, rows, columns, Share<T>(rows, columns));
        return Tape.Record("AveragePool", y, new Input<T>(x, (gradient, _) => AveragePoolGradient(gradient, x.Shape, rows, columns)));
    }

    // Linear: what it passes back is the pool again.
    private static Tensor<T> AveragePoolGradient<T>(Tensor<T> gradient, Shape shape, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> view = Contiguous(gradient), y = Tape.Rent<T>(gradient.Device, shape);
        gradient.Device.AveragePoolGradient(view, y, rows, columns, Share<T>(rows, columns));
        return Tape.Record("AveragePoolGradient", y, new Input<T>(gradient, (h, _) => AveragePool(h, (rows, columns))));
    }

    private static T Share<T>(SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T> => T.One / (T.CreateChecked(rows.Size) * T.CreateChecked(columns.Size));
}
