using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// y = weights times what the windows of each image see: a matrix product whose right operand exists only as packed panels (an implicit
/// im2col), so that each element of an image is read from the cache as often as windows see it and from memory once.
/// </summary>
/// <remarks>Each part makes some columns of one image, all of its sums in order: the number of threads changes nothing.</remarks>
internal readonly unsafe struct WindowProduct<T, TKernel> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    private readonly PlacedImages<T> _images;
    private readonly SlidingWindow _rows, _columns;
    private readonly T* _weights, _bias, _y;
    private readonly int* _offsets;
    private readonly int _outputs, _depth, _blockDepth, _positions, _outputWidth, _blocks;

    private WindowProduct(
        PlacedImages<T> images, SlidingWindow rows, SlidingWindow columns, T* packedWeights, int* offsets, T* bias, T* y, int outputs)
    {
        (_images, _rows, _columns, _outputs) = (images, rows, columns, outputs);
        _weights = packedWeights;
        _offsets = offsets;
        _bias = bias;
        _y = y;
        _depth = images.Channels * rows.Size * columns.Size;
        _blockDepth = MatMulBlock<T, TKernel>.Depth(_depth);
        _outputWidth = columns.Outputs(images.Width);
        _positions = rows.Outputs(images.Height) * _outputWidth;
        _blocks = (_positions + Group - 1) / Group;
    }

    private static int Group => 4 * TKernel.Columns;

    /// <summary>Convolves images that have their border already.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">Their number.</param>
    /// <param name="rows">The window along rows, without padding.</param>
    /// <param name="columns">The window along columns, without padding.</param>
    /// <param name="weights">[outputs, channels, rows, columns].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="y">[count, outputs, rows, columns].</param>
    /// <param name="outputs">The planes of a result.</param>
    public static void Run(PlacedImages<T> images, int count, SlidingWindow rows, SlidingWindow columns, T* weights, T* bias, T* y, int outputs)
    {
        int depth = images.Channels * rows.Size * columns.Size, block = MatMulBlock<T, TKernel>.Depth(depth);
        T* packed = Scratch.Left<T>(MatMulBlock<T, TKernel>.LeftCount(outputs, depth));
        for (int p = 0; p < depth; p += block)
        {
            T* memory = packed + MatMulBlock<T, TKernel>.LeftCount(outputs, p);
            MatMulBlock<T, TKernel>.PackLeft(weights + p, depth, 1, outputs, Math.Min(block, depth - p), memory);
        }
        int* offsets = Scratch.Small<int>(depth), next = offsets;
        for (int channel = 0; channel < images.Channels; channel++)
        {
            for (int i = 0; i < rows.Size; i++)
            {
                for (int j = 0; j < columns.Size; j++)
                    *next++ = (int)(channel * images.Plane) + i * rows.Dilation * images.Width + j * columns.Dilation;
            }
        }
        var job = new WindowProduct<T, TKernel>(images, rows, columns, packed, offsets, bias, y, outputs);
        Workers.Run(ref job, count * job._blocks);
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int image = part / _blocks, first = part % _blocks * Group, n = Math.Min(Group, _positions - first);
        T* source = _images.Image(image), c = _y + (nint)image * _outputs * _positions + first;
        int* positions = stackalloc int[Group];
        for (int j = 0; j < n; j++)
        {
            int row = (first + j) / _outputWidth, column = (first + j) % _outputWidth;
            positions[j] = row * _rows.Stride * _images.Width + column * _columns.Stride;
        }
        // Columns that fill a last panel are not written; what they see only has to lie in the memory.
        for (int j = n; j < Group; j++)
            positions[j] = positions[j - 1] + 1;
        T* memory = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(Group, _blockDepth));
        for (int p = 0; p < _depth; p += _blockDepth)
        {
            int k = Math.Min(_blockDepth, _depth - p);
            for (int j = 0; j < n; j += TKernel.Columns)
            {
                int width = n - j >= TKernel.Columns ? TKernel.Columns : TKernel.EdgeColumns(n - j);
                WindowPacking.Panel(source, positions + j, width, _offsets + p, k, memory + (nint)j * k);
            }
            Panels<T> left = MatMulBlock<T, TKernel>.PackedLeft(_outputs, k, _weights + MatMulBlock<T, TKernel>.LeftCount(_outputs, p));
            Panels<T> right = MatMulBlock<T, TKernel>.PackedRight(k, n, memory);
            MatMulBlock<T, TKernel>.Multiply(_outputs, n, k, left, right, c, _positions, p > 0, false);
        }
        if (_bias == null)
            return;
        for (int output = 0; output < _outputs; output++)
            Add(_bias[output], c + (nint)output * _positions, n);
    }

    private static void Add(T value, T* line, int count)
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= count; j += Vector256<T>.Count)
            (Vector256.Load(line + j) + Vector256.Create(value)).Store(line + j);
        for (; j < count; j++)
            line[j] += value;
    }
}
