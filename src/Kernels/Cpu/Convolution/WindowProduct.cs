using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>
/// y = weights times what windows see that move by one element: a matrix product whose right operand exists only as packed panels (an
/// implicit im2col), or, where few outputs share them, not even so: then it is read where it lies.
/// </summary>
/// <remarks>Each element of y is summed in one order, whichever part and tile it falls into: the number of threads changes nothing.</remarks>
internal readonly unsafe struct WindowProduct<T, TKernel, TWindow> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
    where TWindow : struct, IWindowKernel<T>
{
    // Up to so many outputs share too little for packing to pay.
    private const int MaxDirectOutputs = 16;
    private const int PanelRows = IWindowKernel<T>.Rows;
    private const long Grain = 1 << 18;

    private readonly PhasedImages<T> _images;
    private readonly WindowTarget<T> _target;
    private readonly T* _weights, _bias;
    private readonly int* _places;
    private readonly int _outputs, _depth, _blockDepth, _height, _width, _blocks, _units;
    private readonly bool _isDirect;

    private WindowProduct(
        PhasedImages<T> images, int count, int* places, int depth, T* packedWeights, T* bias, WindowTarget<T> target, int outputs, int height, int width,
        bool isDirect)
    {
        (_images, _target, _depth, _outputs, _height, _width, _isDirect) = (images, target, depth, outputs, height, width, isDirect);
        _weights = packedWeights;
        _bias = bias;
        _places = places;
        _blockDepth = depth == 0 ? 0 : MatMulBlock<T, TKernel>.Depth(depth);
        _blocks = isDirect ? height : (height * width + Group - 1) / Group;
        _units = count * _blocks;
    }

    private static int Group => 4 * TKernel.Columns;

    /// <summary>Convolves images that have their border already.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">Their number.</param>
    /// <param name="places">Where in an image the elements lie that the first window sees.</param>
    /// <param name="depth">Their number.</param>
    /// <param name="weights">[outputs, depth].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="target">Where the results go.</param>
    /// <param name="outputs">The planes of a result.</param>
    /// <param name="height">The rows of a result.</param>
    /// <param name="width">The columns of a result.</param>
    public static void Run(
        PhasedImages<T> images, int count, int* places, int depth, T* weights, T* bias, WindowTarget<T> target, int outputs, int height, int width)
    {
        bool isDirect = outputs <= MaxDirectOutputs || depth == 0;
        T* packed = Scratch.Left<T>(isDirect ? (outputs + PanelRows - 1L) / PanelRows * PanelRows * depth : MatMulBlock<T, TKernel>.LeftCount(outputs, depth));
        if (isDirect)
        {
            for (int output = 0; output < outputs; output += PanelRows)
            {
                Packing.Panel(weights + (nint)output * depth, depth, 1, Math.Min(PanelRows, outputs - output), depth, packed + (nint)output * depth, PanelRows);
            }
        }
        else
        {
            int block = MatMulBlock<T, TKernel>.Depth(depth);
            for (int p = 0; p < depth; p += block)
            {
                T* memory = packed + MatMulBlock<T, TKernel>.LeftCount(outputs, p);
                MatMulBlock<T, TKernel>.PackLeft(weights + p, depth, 1, outputs, Math.Min(block, depth - p), memory);
            }
        }
        var job = new WindowProduct<T, TKernel, TWindow>(images, count, places, depth, packed, bias, target, outputs, height, width, isDirect);
        Workers.Run(ref job, Math.Min(job._units, Workers.Parts((long)count * height * width * Math.Max(1, depth) * outputs, Grain)));
    }

    /// <inheritdoc/>
    public void Run(int part, int parts)
    {
        int end = (int)((long)_units * (part + 1) / parts);
        for (int unit = (int)((long)_units * part / parts); unit < end; unit++)
        {
            if (_isDirect)
            {
                Row(unit / _blocks, unit % _blocks);
            }
            else
            {
                Block(unit / _blocks, unit % _blocks * Group);
            }
        }
    }

    /// <summary>One row of the results of an image.</summary>
    [SkipLocalsInit]
    private void Row(int image, int row)
    {
        T* source = _images.Image(image) + (nint)row * _images.Width;
        T* tile = stackalloc T[PanelRows * TKernel.Columns];
        for (int column = 0; column < _width; column += TKernel.Columns)
        {
            int left = Math.Min(TKernel.Columns, _width - column), columns = left == TKernel.Columns ? left : TKernel.EdgeColumns(left);
            for (int output = 0; output < _outputs; output += PanelRows)
            {
                int rows = Math.Min(PanelRows, _outputs - output);
                T* panel = _weights + (nint)output * _depth, y = _target.At(image, output);
                if (left == columns && rows == PanelRows && _target.Column == 1)
                {
                    TWindow.RunThrough(rows, columns, _depth, panel, source + column, _places, y + row * _target.Row + column, _target.Plane);
                    continue;
                }
                TWindow.RunThrough(rows, columns, _depth, panel, source + column, _places, tile, TKernel.Columns);
                for (int i = 0; i < rows; i++)
                {
                    Line.Put(tile + (nint)i * TKernel.Columns, left, y + i * _target.Plane + row * _target.Row + column * _target.Column, _target.Column);
                }
            }
        }
        for (int output = 0; _bias != null && output < _outputs; output++)
        {
            Line.Add(_bias[output], _target.At(image, output) + row * _target.Row, _width);
        }
    }

    /// <summary>Some neighbouring results of an image.</summary>
    [SkipLocalsInit]
    private void Block(int image, int first)
    {
        int n = Math.Min(Group, _height * _width - first);
        T* source = _images.Image(image);
        int* positions = stackalloc int[Group];
        for (int j = 0; j < n; j++)
        {
            positions[j] = (first + j) / _width * _images.Width + (first + j) % _width;
        }
        // Columns that fill a last panel are not written; what they see only has to lie in the memory.
        for (int j = n; j < Group; j++)
        {
            positions[j] = positions[j - 1] + 1;
        }
        // Rows that follow each other without a gap take the results as they come.
        bool inPlace = _target.Column == 1 && _target.Row == _width;
        T* c = inPlace ? _target.At(image, 0) + first : Scratch.Small<T>((long)_outputs * Group);
        nint cRow = inPlace ? _target.Plane : Group;
        T* memory = Scratch.Right<T>(MatMulBlock<T, TKernel>.RightCount(Group, _blockDepth));
        for (int p = 0; p < _depth; p += _blockDepth)
        {
            int k = Math.Min(_blockDepth, _depth - p);
            for (int j = 0; j < n; j += TKernel.Columns)
            {
                int width = n - j >= TKernel.Columns ? TKernel.Columns : TKernel.EdgeColumns(n - j);
                WindowPacking.Panel(source, positions + j, width, _places + p, k, memory + (nint)j * k);
            }
            Panels<T> left = MatMulBlock<T, TKernel>.PackedLeft(_outputs, k, _weights + MatMulBlock<T, TKernel>.LeftCount(_outputs, p));
            Panels<T> right = MatMulBlock<T, TKernel>.PackedRight(k, n, memory);
            MatMulBlock<T, TKernel>.Multiply(_outputs, n, k, left, right, c, cRow, p > 0, false);
        }
        for (int output = 0; _bias != null && output < _outputs; output++)
        {
            Line.Add(_bias[output], c + output * cRow, n);
        }

        if (inPlace)
        {
            return;
        }

        for (int j = 0, row = first / _width, column = first % _width, count; j < n; j += count, row++, column = 0)
        {
            count = Math.Min(_width - column, n - j);
            T* y = _target.At(image, 0) + row * _target.Row + column * _target.Column;
            for (int output = 0; output < _outputs; output++)
            {
                Line.Put(c + output * cRow + j, count, y + output * _target.Plane, _target.Column);
            }
        }
    }
}
