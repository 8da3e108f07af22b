using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// The gradient of a convolution's weights: for each element of the window a matrix product [channels, positions] x [positions, outputs] of
/// the shifted image, read where it lies, and the gradient.
/// </summary>
/// <remarks>
/// Both have rows of one length, so that positions run on from row to row; where there is no window the gradient is 0. With strides the
/// image is cut into phases (<see cref="PhaseJob{T}"/>), of which each element of the window sees one.
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
    private readonly int _count, _channels, _chunks, _positions, _depth, _shares;

    private WeightGradient(
        PlacedImages<T> images, PlacedImages<T> gradients, int count, int channels, SlidingWindow rows, SlidingWindow columns, int outputWidth, T* sums, int chunks)
    {
        (_images, _gradients, _count, _channels, _rows, _columns, _chunks) = (images, gradients, count, channels, rows, columns, chunks);
        _sums = sums;
        // The last row of the gradient need not be filled up.
        _positions = (gradients.Height - 1) * gradients.Width + outputWidth;
        _depth = MatMulBlock<T, TKernel>.Depth(_positions);
        // With few chunks the elements of the window are shared too; each is summed the same way whoever does it.
        _shares = chunks >= 2 * Workers.Threads ? 1 : rows.Size * columns.Size;
    }

    /// <summary>Writes the gradient.</summary>
    /// <param name="images">The phases of the images with their border.</param>
    /// <param name="gradients">The gradients, of the width of a phase.</param>
    /// <param name="count">The number of images, at least 1.</param>
    /// <param name="channels">The channels of an image.</param>
    /// <param name="rows">The window along rows.</param>
    /// <param name="columns">The window along columns.</param>
    /// <param name="outputWidth">The width of the gradients without what fills them up.</param>
    /// <param name="weights">[outputs, channels, rows, columns].</param>
    /// <param name="pool">Where partial sums come from.</param>
    public static void Run(
        PlacedImages<T> images, PlacedImages<T> gradients, int count, int channels, SlidingWindow rows, SlidingWindow columns, int outputWidth, T* weights,
        MemoryPool pool)
    {
        long size = (long)rows.Size * columns.Size * channels * gradients.Channels;
        int chunks = (int)Math.Clamp((1L << 24) / size, 1, Math.Min(count, MaxChunks));
        Block block = pool.Rent(chunks * size * sizeof(T));
        try
        {
            T* sums = (T*)((HostBlock)block).Address;
            var job = new WeightGradient<T, TKernel>(images, gradients, count, channels, rows, columns, outputWidth, sums, chunks);
            Workers.Run(ref job, chunks * job._shares);
            var add = new AddJob(sums, chunks, rows.Size * columns.Size, channels, gradients.Channels, weights);
            Workers.Run(ref add, Math.Min(channels, Workers.Parts(size * chunks, 1 << 15)));
        }
        finally
        {
            pool.Return(block);
        }
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int chunk = part / _shares, share = part % _shares, channels = _channels, outputs = _gradients.Channels;
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
                    T* seen = source + Start(tap) + p;
                    Panels<T> left = MatMulBlock<T, TKernel>.LeftInPlace(seen, _images.Plane, 1, channels, k, edge);
                    bool accumulates = image > first || p > 0;
                    MatMulBlock<T, TKernel>.Multiply(channels, outputs, k, left, right, sums + tap * size, outputs, accumulates, false);
                }
            }
        }
    }

    /// <summary>Where in an image the element of a window lies that the first window sees there.</summary>
    private nint Start(int tap)
    {
        int row = tap / _columns.Size * _rows.Dilation, column = tap % _columns.Size * _columns.Dilation;
        int phase = row % _rows.Stride * _columns.Stride + column % _columns.Stride;
        return phase * _channels * _images.Plane + row / _rows.Stride * _images.Width + column / _columns.Stride;
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
