using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Convolutions and their gradients, each turned into matrix products over images with a border.</summary>
internal static unsafe class ConvolutionRunner<T, TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    /// <summary>See <see cref="Device.Convolve{T}"/>.</summary>
    public static void Forward(T* x, Shape images, T* weights, Shape weight, T* bias, T* y, SlidingWindow rows, SlidingWindow columns, MemoryPool pool)
    {
        int height = images[2] + 2 * rows.Padding, width = images[3] + 2 * columns.Padding;
        Block block = pool.Rent(PlacedImages<T>.Bytes(images[0], images[1], height, width));
        try
        {
            PlacedImages<T> placed = PlacedImages<T>.Place(
                x, images[0], images[1], images[2], images[3], Address(block), new(height, rows.Padding, 1), new(width, columns.Padding, 1));
            WindowProduct<T, TKernel>.Run(placed, images[0], rows with { Padding = 0 }, columns with { Padding = 0 }, weights, bias, y, weight[0]);
        }
        finally
        {
            pool.Return(block);
        }
    }

    /// <summary>
    /// See <see cref="Device.ConvolveGradient{T}"/>: a convolution of the gradient, its elements a stride apart, with the weights turned
    /// around and their channels exchanged.
    /// </summary>
    public static void InputGradient(
        T* gradient, Shape gradients, T* weights, Shape weight, T* x, Shape images, SlidingWindow rows, SlidingWindow columns, MemoryPool pool)
    {
        int height = images[2] + rows.Extent - 1, width = images[3] + columns.Extent - 1;
        Block block = pool.Rent(PlacedImages<T>.Bytes(images[0], gradients[1], height, width)), turned = pool.Rent((long)weight.Count * sizeof(T));
        try
        {
            PlacedImages<T> placed = PlacedImages<T>.Place(
                gradient, images[0], gradients[1], gradients[2], gradients[3], Address(block),
                new(height, rows.Extent - 1 - rows.Padding, rows.Stride), new(width, columns.Extent - 1 - columns.Padding, columns.Stride));
            Turn(weights, weight, Address(turned));
            SlidingWindow down = new(rows.Size, Dilation: rows.Dilation), across = new(columns.Size, Dilation: columns.Dilation);
            WindowProduct<T, TKernel>.Run(placed, images[0], down, across, Address(turned), null, x, images[1]);
        }
        finally
        {
            pool.Return(turned);
            pool.Return(block);
        }
    }

    /// <summary>See <see cref="Device.ConvolveWeightGradient{T}"/>.</summary>
    public static void WeightGradient(
        T* x, Shape images, T* gradient, Shape gradients, T* weights, SlidingWindow rows, SlidingWindow columns, MemoryPool pool)
    {
        // A phase has every s-th row of the image with its border, and the gradient rows as long, so that positions run on from row to row.
        int height = (images[2] + 2 * rows.Padding + rows.Stride - 1) / rows.Stride;
        int width = (images[3] + 2 * columns.Padding + columns.Stride - 1) / columns.Stride;
        int planes = rows.Stride * columns.Stride * images[1];
        Block block = pool.Rent(PlacedImages<T>.Bytes(images[0], planes, height, width));
        Block spread = pool.Rent(PlacedImages<T>.Bytes(images[0], gradients[1], gradients[2], width));
        try
        {
            new PhaseJob<T>(x, images, Address(block), rows, columns, height, width).Run();
            PlacedImages<T> phases = new((nint)Address(block), planes, height, width);
            PlacedImages<T> placed = PlacedImages<T>.Place(
                gradient, images[0], gradients[1], gradients[2], gradients[3], Address(spread), new(gradients[2], 0, 1), new(width, 0, 1));
            WeightGradient<T, TKernel>.Run(phases, placed, images[0], images[1], rows, columns, gradients[3], weights, pool);
        }
        finally
        {
            pool.Return(spread);
            pool.Return(block);
        }
    }

    /// <summary>[outputs, channels, taps] to [channels, outputs, taps from the last to the first].</summary>
    private static void Turn(T* weights, Shape shape, T* turned)
    {
        int outputs = shape[0], channels = shape[1], taps = shape[2] * shape[3];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int output = 0; output < outputs; output++)
            {
                T* from = weights + ((nint)output * channels + channel) * taps;
                for (int tap = taps - 1; tap >= 0; tap--)
                    *turned++ = from[tap];
            }
        }
    }

    private static T* Address(Block block) => (T*)((HostBlock)block).Address;
}
