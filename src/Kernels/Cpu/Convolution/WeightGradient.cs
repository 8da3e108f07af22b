using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// The gradient of a convolution's weights: a matrix product [elements of the window, positions] x [positions, outputs] of the images, read
/// where they lie, and the gradient, packed a few rows at a time.
/// </summary>
/// <remarks>
/// Only what windows see is multiplied, so that elements which are not finite touch no other weights. Images are cut into chunks, fixed by
/// the shapes, whose sums are added in order.
/// </remarks>
internal readonly unsafe struct WeightGradient<T, TKernel, TWindow> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
    where TWindow : struct, IWindowKernel<T>
{
    private const int MaxChunks = 16;
    private const int TileRows = IWindowKernel<T>.Rows;

    private readonly PhasedImages<T> _images;
    private readonly T* _gradient, _sums;
    private readonly int* _places;
    private readonly int _count, _tiles, _outputs, _height, _width, _chunks, _shares, _lines, _positions;

    private WeightGradient(PhasedImages<T> images, int* places, int depth, T* gradient, Shape gradients, T* sums, int chunks)
    {
        _places = places;
        _gradient = gradient;
        _sums = sums;
        (_images, _chunks) = (images, chunks);
        (_count, _outputs, _height, _width) = (gradients[0], gradients[1], gradients[2], gradients[3]);
        _tiles = (depth + TileRows - 1) / TileRows;
        // Whole rows, or a part of one, as many positions as the first-level cache holds panels of.
        _positions = MatMulBlock<T, TKernel>.Depth(_width);
        _lines = Math.Clamp(MatMulBlock<T, TKernel>.MaxDepth / _width, 1, _height);
        // With few chunks the elements of the window are shared too; each is summed the same way whoever does it.
        _shares = chunks >= 2 * Workers.Threads ? 1 : Math.Min(_tiles, 2 * Workers.Threads);
    }

    private nint SumsRow => (nint)MatMulBlock<T, TKernel>.RightCount(_outputs, 1);

    private nint SumsCount => _tiles * TileRows * SumsRow;

    /// <summary>Writes the gradient.</summary>
    /// <param name="images">The images.</param>
    /// <param name="places">Where in an image the elements lie that the first window sees, with room for a few more.</param>
    /// <param name="depth">Their number.</param>
    /// <param name="gradient">The gradients.</param>
    /// <param name="gradients">[images, outputs, rows, columns].</param>
    /// <param name="weights">[outputs, depth].</param>
    /// <param name="pool">Where partial sums come from.</param>
    public static void Run(PhasedImages<T> images, int* places, int depth, T* gradient, Shape gradients, T* weights, MemoryPool pool)
    {
        int padded = (depth + TileRows - 1) / TileRows * TileRows, outputs = gradients[1];
        for (int i = depth; i < padded; i++)
        {
            places[i] = places[depth - 1];
        }

        long size = padded * MatMulBlock<T, TKernel>.RightCount(outputs, 1);
        int chunks = (int)Math.Clamp((1L << 24) / size, 1, Math.Min(gradients[0], MaxChunks));
        Block block = pool.Rent(chunks * size * sizeof(T));
        try
        {
            T* sums = (T*)((HostBlock)block).Address;
            var job = new WeightGradient<T, TKernel, TWindow>(images, places, depth, gradient, gradients, sums, chunks);
            long work = (long)gradients.Count * depth;
            Workers.Run(ref job, work < 1 << 18 ? 1 : chunks * job._shares);
            var add = new AddJob(sums, chunks, (nint)size, depth, outputs, job.SumsRow, weights);
            Workers.Run(ref add, Math.Min(depth, Workers.Parts(size * chunks, 1 << 15)));
        }
        finally
        {
            pool.Return(block);
        }
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int units = _chunks * _shares;
        for (int unit = (int)((long)units * part / parts); unit < (int)((long)units * (part + 1) / parts); unit++)
        {
            Share(unit / _shares, unit % _shares);
        }
    }

    [SkipLocalsInit]
    private void Share(int chunk, int share)
    {
        int firstTile = (int)((long)_tiles * share / _shares), endTile = (int)((long)_tiles * (share + 1) / _shares);
        nint sumsRow = SumsRow, plane = (nint)_height * _width;
        T* sums = _sums + chunk * SumsCount;
        T* memory = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(_outputs, _lines * _positions));
        // Where the positions of a packed block lie.
        int* steps = stackalloc int[_lines * _positions];
        int first = (int)((long)_count * chunk / _chunks), end = (int)((long)_count * (chunk + 1) / _chunks);
        for (int image = first; image < end; image++)
        {
            T* source = _images.Image(image), gradient = _gradient + image * _outputs * plane;
            for (int row = 0; row < _height; row += _lines)
            {
                int lines = Math.Min(_lines, _height - row);
                for (int column = 0; column < _width; column += _positions)
                {
                    int positions = Math.Min(_positions, _width - column), count = lines * positions;
                    for (int p = 0; p < count; p++)
                    {
                        steps[p] = (row + p / positions) * _images.Width + column + p % positions;
                    }

                    MatMulBlock<T, TKernel>.PackRight(gradient + (nint)row * _width + column, 1, plane, count, _outputs, memory);
                    bool accumulates = image > first || row > 0 || column > 0;
                    Multiply(source, count, steps, memory, sums, sumsRow, firstTile, endTile, accumulates);
                }
            }
        }
    }

    private void Multiply(T* source, int count, int* steps, T* right, T* sums, nint sumsRow, int firstTile, int endTile, bool accumulates)
    {
        for (int output = 0; output < _outputs; output += TKernel.Columns)
        {
            int left = _outputs - output, columns = left >= TKernel.Columns ? TKernel.Columns : TKernel.EdgeColumns(left);
            T* panel = right + (nint)output * count;
            for (int tile = firstTile; tile < endTile; tile++)
            {
                T* c = sums + tile * TileRows * sumsRow + output;
                TWindow.RunAlong(columns, count, source, _places + tile * TileRows, steps, panel, c, sumsRow, accumulates);
            }
        }
    }

    /// <summary>Adds the chunks up and turns their sums: [outputs, depth].</summary>
    private readonly struct AddJob(T* sums, int chunks, nint size, int depth, int outputs, nint row, T* weights) : IParallelJob
    {
        private readonly T* _sums = sums, _weights = weights;

        public void Run(int part, int parts)
        {
            int end = (int)((long)depth * (part + 1) / parts);
            for (int i = (int)((long)depth * part / parts); i < end; i++)
            {
                T* line = _sums + i * row;
                for (int chunk = 1; chunk < chunks; chunk++)
                {
                    Line.Add(line + chunk * size, line, outputs);
                }

                Line.Put(line, outputs, _weights + i, depth);
            }
        }
    }
}
