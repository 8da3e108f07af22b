using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// The gradient of a convolution's weights: for each element of the window a matrix product [channels, positions] x [positions, outputs] of
/// the shifted image, read where it lies, and the gradient.
/// </summary>
/// <remarks>
/// Both have the rows of the image with its border, so that positions run on from row to row; where there is no window the gradient is 0.
/// Images are cut into chunks, fixed by the shapes, whose sums are added in order.
/// </remarks>
internal readonly unsafe struct WeightGradient<T, TKernel> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    private const int MaxChunks = 16;

    private readonly PlacedImages<T> _images, _gradients;
    private readonly SlidingWindow _rows, _columns;
    private readonly T* _sums;
    private readonly int _count, _chunks, _positions, _depth, _shares;

    private WeightGradient(PlacedImages<T> images, PlacedImages<T> gradients, int count, SlidingWindow rows, SlidingWindow columns, T* sums, int chunks)
    {
        (_images, _gradients, _count, _rows, _columns, _chunks) = (images, gradients, count, rows, columns, chunks);
        _sums = sums;
        // The last row of the gradient need not be filled up.
        _positions = (gradients.Height - 1) * gradients.Width + images.Width - columns.Extent + 1;
        _depth = MatMulBlock<T, TKernel>.Depth(_positions);
        // With few chunks the elements of the window are shared too; each is summed the same way whoever does it.
        _shares = chunks >= 2 * Workers.Threads ? 1 : rows.Size * columns.Size;
    }

    /// <summary>Writes the gradient.</summary>
    /// <param name="images">The images with their border.</param>
    /// <param name="gradients">The gradients, spread out by the strides, with the width of the images.</param>
    /// <param name="count">The number of images, at least 1.</param>
    /// <param name="rows">The window along rows.</param>
    /// <param name="columns">The window along columns.</param>
    /// <param name="weights">[outputs, channels, rows, columns].</param>
    /// <param name="pool">Where partial sums come from.</param>
    public static void Run(
        PlacedImages<T> images, PlacedImages<T> gradients, int count, SlidingWindow rows, SlidingWindow columns, T* weights, MemoryPool pool)
    {
        long size = (long)rows.Size * columns.Size * images.Channels * gradients.Channels;
        int chunks = (int)Math.Clamp((1L << 24) / size, 1, Math.Min(count, MaxChunks));
        Block block = pool.Rent(chunks * size * sizeof(T));
        try
        {
            T* sums = (T*)((HostBlock)block).Address;
            var job = new WeightGradient<T, TKernel>(images, gradients, count, rows, columns, sums, chunks);
            Workers.Run(ref job, chunks * job._shares);
            var add = new AddJob(sums, chunks, rows.Size * columns.Size, images.Channels, gradients.Channels, weights);
            Workers.Run(ref add, Math.Min(images.Channels, Workers.Parts(size * chunks, 1 << 15)));
        }
        finally
        {
            pool.Return(block);
        }
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int chunk = part / _shares, share = part % _shares, channels = _images.Channels, outputs = _gradients.Channels;
        int taps = _rows.Size * _columns.Size, firstTap = taps * share / _shares, endTap = taps * (share + 1) / _shares;
        nint size = (nint)channels * outputs;
        T* sums = _sums + chunk * taps * size;
        T* memory = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(outputs, _depth));
        T* edge = Scratch.Left<T>(MatMulBlock<T, TKernel>.LeftCount(TKernel.Rows, _depth));
        int first = (int)((long)_count * chunk / _chunks), end = (int)((long)_count * (chunk + 1) / _chunks);
        for (int image = first; image < end; image++)
        {
            T* source = _images.Image(image), gradient = _gradients.Image(image);
            for (int p = 0; p < _positions; p += _depth)
            {
                int k = Math.Min(_depth, _positions - p);
                Panels<T> right = MatMulBlock<T, TKernel>.PackRight(gradient + p, 1, _gradients.Plane, k, outputs, memory);
                for (int tap = firstTap; tap < endTap; tap++)
                {
                    T* seen = source + tap / _columns.Size * _rows.Dilation * _images.Width + tap % _columns.Size * _columns.Dilation + p;
                    Panels<T> left = MatMulBlock<T, TKernel>.LeftInPlace(seen, _images.Plane, 1, channels, k, edge);
                    bool accumulates = image > first || p > 0;
                    MatMulBlock<T, TKernel>.Multiply(channels, outputs, k, left, right, sums + tap * size, outputs, accumulates, false);
                }
            }
        }
    }

    private readonly struct AddJob(T* sums, int chunks, int taps, int channels, int outputs, T* weights) : IParallelJob
    {
        private readonly T* _sums = sums, _weights = weights;

        public void Run(int part, int parts)
        {
            nint size = (nint)taps * channels * outputs;
            for (int channel = (int)((long)channels * part / parts); channel < (int)((long)channels * (part + 1) / parts); channel++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    T* line = _sums + ((nint)tap * channels + channel) * outputs;
                    for (int output = 0; output < outputs; output++)
                    {
                        T sum = line[output];
                        for (int chunk = 1; chunk < chunks; chunk++)
                            sum += line[chunk * size + output];
                        _weights[((nint)output * channels + channel) * taps + tap] = sum;
                    }
                }
            }
        }
    }
}
