using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Convolutions and their gradients, each turned into products over images that are cut so that windows move by one element.</summary>
internal static unsafe class ConvolutionRunner<T, TKernel, TWindow>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
    where TWindow : struct, IWindowKernel<T>
{
    // Images are placed and used a few at a time: what each thread's second-level cache holds.
    private const long PlacedBytesPerThread = 1 << 19;

    // The weight gradient fills its last tile.
    private const int PlacesRoom = IWindowKernel<T>.Rows;

    /// <summary>See <see cref="Device.Convolve{T}"/>.</summary>
    public static void Forward(T* x, Shape images, T* weights, Shape weight, T* bias, T* y, SlidingWindow rows, SlidingWindow columns, MemoryPool pool)
    {
        int height = PhasedImages<T>.Length(images[2], rows), width = PhasedImages<T>.Length(images[3], columns);
        int depth = weight[1] * weight[2] * weight[3];
        Shape some = Some(images, (long)images[1] * rows.Stride * columns.Stride * height * width);
        Block block = pool.Rent(PhasedImages<T>.Bytes(some, height, width, rows, columns)), seen = pool.Rent((long)depth * sizeof(int));
        try
        {
            int outputHeight = rows.Outputs(images[2]), outputWidth = columns.Outputs(images[3]);
            nint plane = (nint)outputHeight * outputWidth, image = (nint)images[1] * images[2] * images[3];
            for (int first = 0; first < images[0]; first += some[0])
            {
                Shape now = [Math.Min(some[0], images[0] - first), images[1], images[2], images[3]];
                PhasedImages<T> phased = PhasedImages<T>.Place(x + first * image, now, Address<T>(block), height, width, rows, columns);
                if (first == 0)
                {
                    phased.Places(Address<int>(seen));
                }

                var target = new WindowTarget<T>((nint)(y + first * weight[0] * plane), weight[0] * plane, plane, outputWidth, 1);
                WindowProduct<T, TKernel, TWindow>.Run(
                    phased, now[0], Address<int>(seen), depth, weights, bias, target, weight[0], outputHeight, outputWidth);
            }
        }
        finally
        {
            pool.Return(seen);
            pool.Return(block);
        }
    }

    /// <summary>
    /// See <see cref="Device.ConvolveGradient{T}"/>: for each phase of the images a convolution of the gradient with those of the weights that
    /// meet it, channels and outputs exchanged; see <see cref="GradientReach"/>.
    /// </summary>
    public static void InputGradient(
        T* gradient, Shape gradients, T* weights, Shape weight, T* x, Shape images, SlidingWindow rows, SlidingWindow columns, MemoryPool pool)
    {
        GradientReach down = GradientReach.Of(rows, images[2]), across = GradientReach.Of(columns, images[3]);
        SlidingWindow border = new(1, Padding: -down.First), side = new(1, Padding: -across.First);
        Block block = pool.Rent(PhasedImages<T>.Bytes(gradients, down.Length, across.Length, border, side));
        Block met = pool.Rent((long)weight.Count * sizeof(T)), seen = pool.Rent((long)weight.Count / weight[1] * sizeof(int));
        try
        {
            PhasedImages<T> placed = PhasedImages<T>.Place(gradient, gradients, Address<T>(block), down.Length, across.Length, border, side);
            for (int a = 0; a < Math.Min(rows.Stride, images[2]); a++)
            {
                for (int b = 0; b < Math.Min(columns.Stride, images[3]); b++)
                {
                    int depth = Places(placed, weight, rows, columns, a, b, down.First, across.First, Address<int>(seen));
                    Turn(weights, weight, rows, columns, a, b, Address<T>(met));
                    nint plane = (nint)images[2] * images[3];
                    var target = new WindowTarget<T>(
                        (nint)(x + (nint)a * images[3] + b), images[1] * plane, plane, (nint)rows.Stride * images[3], columns.Stride);
                    WindowProduct<T, TKernel, TWindow>.Run(
                        placed, images[0], Address<int>(seen), depth, Address<T>(met), null, target, images[1],
                        GradientReach.Elements(rows, a, images[2]), GradientReach.Elements(columns, b, images[3]));
                }
            }
        }
        finally
        {
            pool.Return(seen);
            pool.Return(met);
            pool.Return(block);
        }
    }

    /// <summary>See <see cref="Device.ConvolveWeightGradient{T}"/>.</summary>
    public static void WeightGradient(
        T* x, Shape images, T* gradient, Shape gradients, T* weights, SlidingWindow rows, SlidingWindow columns, MemoryPool pool)
    {
        int height = PhasedImages<T>.Length(images[2], rows), width = PhasedImages<T>.Length(images[3], columns);
        int depth = images[1] * rows.Size * columns.Size;
        Block block = pool.Rent(PhasedImages<T>.Bytes(images, height, width, rows, columns)), seen = pool.Rent((depth + PlacesRoom) * (long)sizeof(int));
        try
        {
            PhasedImages<T> phased = PhasedImages<T>.Place(x, images, Address<T>(block), height, width, rows, columns);
            phased.Places(Address<int>(seen));
            WeightGradient<T, TKernel, TWindow>.Run(phased, Address<int>(seen), depth, gradient, gradients, weights, pool);
        }
        finally
        {
            pool.Return(seen);
            pool.Return(block);
        }
    }

    /// <summary>Where the gradient's elements lie that the first element of a phase meets: outputs, then the elements of the window.</summary>
    /// <returns>Their number.</returns>
    private static int Places(
        PhasedImages<T> gradients, Shape weight, SlidingWindow rows, SlidingWindow columns, int a, int b, int firstRow, int firstColumn, int* places)
    {
        int count = 0;
        for (int output = 0; output < weight[0]; output++)
        {
            for (int i = 0; i < rows.Size; i++)
            {
                if (!GradientReach.Meets(rows, a, i, out int row))
                {
                    continue;
                }

                for (int j = 0; j < columns.Size; j++)
                {
                    if (GradientReach.Meets(columns, b, j, out int column))
                    {
                        places[count++] = (int)(output * gradients.Plane) + (row - firstRow) * gradients.Width + column - firstColumn;
                    }
                }
            }
        }
        return count;
    }

    /// <summary>[outputs, channels, rows, columns] to [channels, outputs, rows and columns that a phase meets].</summary>
    private static void Turn(T* weights, Shape shape, SlidingWindow rows, SlidingWindow columns, int a, int b, T* turned)
    {
        for (int channel = 0; channel < shape[1]; channel++)
        {
            for (int output = 0; output < shape[0]; output++)
            {
                T* from = weights + ((nint)output * shape[1] + channel) * rows.Size * columns.Size;
                for (int i = 0; i < rows.Size; i++)
                {
                    if (!GradientReach.Meets(rows, a, i, out _))
                    {
                        continue;
                    }

                    for (int j = 0; j < columns.Size; j++)
                    {
                        if (GradientReach.Meets(columns, b, j, out _))
                        {
                            *turned++ = from[(nint)i * columns.Size + j];
                        }
                    }
                }
            }
        }
    }

    /// <summary>As many images as are placed at a time.</summary>
    private static Shape Some(Shape images, long placedCount) =>
        [(int)Math.Clamp(PlacedBytesPerThread * Workers.Threads / (placedCount * sizeof(T)), 1, images[0]), images[1], images[2], images[3]];

    private static TValue* Address<TValue>(Block block)
        where TValue : unmanaged => (TValue*)((HostBlock)block).Address;
}
