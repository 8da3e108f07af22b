using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>
    /// Two-dimensional convolution, as all of deep learning calls the cross-correlation: y[n, o, i, j] = b[o] + Σ w[o, c, k, l]
    /// x[n, c, s i + d k - p, s j + d l - p], zero beyond the borders. Derivatives, for the gradient g of y: dx is the transposed
    /// convolution of g with w, dw the convolution of x with g, db = Σ g.
    /// </summary>
    /// <param name="x">[images, channels, rows, columns].</param>
    /// <param name="weight">w, [outputs, channels / groups, rows, columns].</param>
    /// <param name="bias">b, [outputs]; null without.</param>
    /// <param name="stride">s, how far windows lie apart; by default 1.</param>
    /// <param name="padding">p, how many zeros are put around; by default none.</param>
    /// <param name="dilation">d, how far the elements of a window lie apart; by default 1.</param>
    /// <param name="groups">Into how many groups channels and outputs are cut, each convolved for itself.</param>
    /// <returns>[images, outputs, rows, columns], with (size + 2p - d (k - 1) - 1) / s + 1 rows and columns, rounded down.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or the window does not fit the image.</exception>
    public static Tensor<T> Conv2d<T>(
        this Tensor<T> x, Tensor<T> weight, Tensor<T>? bias = null, Extent2d? stride = null, Extent2d? padding = null, Extent2d? dilation = null, int groups = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FittingWeight("Conv2d", 4, x, weight, bias, groups);
        (SlidingWindow rows, SlidingWindow columns) = Windows("Conv2d", x.Shape, (weight.Shape[2], weight.Shape[3]), stride ?? 1, padding ?? 0, dilation ?? 1);
        return Grouped(x, weight, bias, groups, rows, columns);
    }

    /// <summary>Each group for itself, side by side.</summary>
    private static Tensor<T> Grouped<T>(Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, int groups, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (groups == 1)
        {
            return Convolve(x, weight, bias, rows, columns);
        }

        int inputs = weight.Shape[1], outputs = weight.Shape[0] / groups;
        Tensor<T>[] parts = new Tensor<T>[groups];
        for (int group = 0; group < groups; group++)
        {
            Tensor<T>? shift = bias?.Slice(0, group * outputs, outputs);
            parts[group] = Convolve(x.Slice(1, group * inputs, inputs), weight.Slice(0, group * outputs, outputs), shift, rows, columns);
        }
        return Concatenate(parts, 1);
    }

    // The three products of a convolution differentiate into each other: each is linear in both of its operands.

    private static Tensor<T> Convolve<T>(Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> image = Contiguous(x), kernel = Contiguous(weight);
        View<T>? shift = bias is null ? null : Contiguous(bias);
        View<T> y = Tape.Rent<T>(x.Device, [x.Shape[0], weight.Shape[0], rows.Outputs(x.Shape[2]), columns.Outputs(x.Shape[3])]);
        x.Device.Convolve(image, kernel, shift, y, rows, columns);
        Input<T> toImage = new(x, (gradient, _) => ConvolveGradient(gradient, weight, x.Shape, rows, columns));
        Input<T> toWeight = new(weight, (gradient, _) => ConvolveWeightGradient(x, gradient, weight.Shape, rows, columns));
        return bias is null
            ? Tape.Record("Convolution", y, toImage, toWeight)
            : Tape.Record("Convolution", y, toImage, toWeight, new Input<T>(bias, (gradient, _) => gradient.Sum([0, 2, 3])));
    }

    private static Tensor<T> ConvolveGradient<T>(Tensor<T> gradient, Tensor<T> weight, Shape shape, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> g = Contiguous(gradient), kernel = Contiguous(weight), y = Tape.Rent<T>(gradient.Device, shape);
        gradient.Device.ConvolveGradient(g, kernel, y, rows, columns);
        return Tape.Record("ConvolutionGradient", y,
            new Input<T>(gradient, (h, _) => Convolve(h, weight, null, rows, columns)),
            new Input<T>(weight, (h, _) => ConvolveWeightGradient(h, gradient, weight.Shape, rows, columns)));
    }

    private static Tensor<T> ConvolveWeightGradient<T>(Tensor<T> x, Tensor<T> gradient, Shape shape, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> image = Contiguous(x), g = Contiguous(gradient), y = Tape.Rent<T>(x.Device, shape);
        x.Device.ConvolveWeightGradient(image, g, y, rows, columns);
        return Tape.Record("ConvolutionWeightGradient", y,
            new Input<T>(x, (h, _) => ConvolveGradient(gradient, h, x.Shape, rows, columns)),
            new Input<T>(gradient, (h, _) => Convolve(x, h, null, rows, columns)));
    }

    private static View<T> Contiguous<T>(Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> view = x.View;
        if (view.IsContiguous)
        {
            return view;
        }

        View<T> copy = Tape.Rent<T>(x.Device, x.Shape);
        x.Device.Copy(view, copy);
        return copy;
    }

    /// <summary>Windows over the last two axes of [images, channels, rows, columns].</summary>
    private static (SlidingWindow Rows, SlidingWindow Columns) Windows(
        string operation, Shape shape, Extent2d size, Extent2d stride, Extent2d padding, Extent2d dilation)
    {
        return (Window(2, size.Height, stride.Height, padding.Height, dilation.Height), Window(3, size.Width, stride.Width, padding.Width, dilation.Width));

        SlidingWindow Window(int axis, int size, int stride, int padding, int dilation)
        {
            if (size < 1 || stride < 1 || padding < 0 || dilation < 1)
            {
                throw new ArgumentException($"{operation}: a window of {size} elements, {dilation} apart, that moves by {stride} over an axis padded by "
                    + $"{padding}: the padding must be at least 0, the others at least 1.");
            }

            SlidingWindow window = new(size, stride, padding, dilation);
            if (window.Outputs(shape[axis]) < 1)
            {
                throw new ArgumentException($"{operation}: a window of {size} elements, {dilation} apart, covers {window.Extent}; axis {axis} of the input {shape} "
                    + $"has {shape[axis]}, {shape[axis] + 2L * padding} with the padding. Pad more, or use a smaller window.");
            }

            return window;
        }
    }

    private static void FittingWeight<T>(string operation, int rank, Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, int groups)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string axes = rank == 3 ? "length" : "rows, columns";
        if (x.Rank != rank)
        {
            throw new ArgumentException($"{operation}: the input has shape {x.Shape}; it should be [images, channels, {axes}]. Use Unsqueeze(0) for a single one.");
        }

        if (weight.Rank != rank || weight.Count == 0)
        {
            throw new ArgumentException($"{operation}: the weight has shape {weight.Shape}; it should be [outputs, channels / groups, {axes}], with elements.");
        }

        SameDevice(operation, x, weight);
        if (groups < 1 || weight.Shape[0] % groups != 0)
        {
            throw new ArgumentException($"{operation}: {groups} groups; there must be at least 1, and the {weight.Shape[0]} outputs of the weight {weight.Shape} must be a multiple.");
        }

        if (x.Shape[1] != (long)weight.Shape[1] * groups)
        {
            throw new ArgumentException($"{operation}: the input {x.Shape} has {x.Shape[1]} channels; the weight {weight.Shape} takes {weight.Shape[1]} in each of {groups} groups, "
                + $"{(long)weight.Shape[1] * groups} in all.");
        }

        if (bias is null)
        {
            return;
        }

        SameDevice(operation, x, bias);
        if (bias.Rank != 1 || bias.Count != weight.Shape[0])
        {
            throw new ArgumentException($"{operation}: the bias has shape {bias.Shape}; it should be [{weight.Shape[0]}], one for each output of the weight {weight.Shape}.");
        }
    }
}
