using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>The largest element that each window of the last axis sees; see <see cref="MaxPool2d{T}"/>.</summary>
    /// <param name="x">[samples, channels, length].</param>
    /// <param name="size">The size of the windows.</param>
    /// <param name="stride">How far they lie apart; by default their size.</param>
    /// <param name="padding">How many elements that are smaller than anything are put before and after; at most half the size.</param>
    /// <exception cref="ArgumentException">There are not three axes, the window does not fit, or the padding exceeds half of it.</exception>
    public static Tensor<T> MaxPool1d<T>(this Tensor<T> x, int size, int? stride = null, int padding = 0)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (SlidingWindow, SlidingWindow) windows = PoolWindows("MaxPool1d", 3, x, (1, size), (1, stride ?? size), (0, padding));
        return MaxPool("MaxPool1d", x.Unsqueeze(2), windows).Squeeze(2);
    }
}
