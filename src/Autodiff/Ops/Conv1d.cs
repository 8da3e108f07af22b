using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// One-dimensional convolution: y[n, o, i] = b[o] + Σ w[o, c, k] x[n, c, s i + d k - p], zero beyond the ends. Derivatives as of
    /// <see cref="Conv2d{T}"/>.
    /// </summary>
    /// <param name="x">[samples, channels, length].</param>
    /// <param name="weight">w, [outputs, channels / groups, length].</param>
    /// <param name="bias">b, [outputs]; null without.</param>
    /// <param name="stride">s, how far windows lie apart.</param>
    /// <param name="padding">p, how many zeros are put before and after.</param>
    /// <param name="dilation">d, how far the elements of a window lie apart.</param>
    /// <param name="groups">Into how many groups channels and outputs are cut, each convolved for itself.</param>
    /// <returns>[samples, outputs, length], of length (length + 2p - d (k - 1) - 1) / s + 1, rounded down.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the window does not fit the input.</exception>
    public static Tensor<T> Conv1d<T>(
        this Tensor<T> x, Tensor<T> weight, Tensor<T>? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FittingWeight("Conv1d", 3, x, weight, bias, groups);
        Tensor<T> rows = x.Unsqueeze(2);
        (SlidingWindow down, SlidingWindow across) = Windows("Conv1d", rows.Shape, (1, weight.Shape[2]), (1, stride), (0, padding), (1, dilation));
        return Grouped(rows, weight.Unsqueeze(2), bias, groups, down, across).Squeeze(2);
    }
}
