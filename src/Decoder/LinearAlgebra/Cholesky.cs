using Autodiff;
using Autodiff.Kernels;

namespace Decoder.LinearAlgebra;

/// <summary>
/// The Cholesky factor of a symmetric positive definite matrix, A = LLᵀ with L lower triangular, column block by column block (left-looking), so that nearly all of the work is in matrix
/// products. In double precision on the CPU.
/// </summary>
/// <remarks>Source: Golub and Van Loan, Matrix Computations, 4th edition, section 4.2.6.</remarks>
public sealed class Cholesky
{
    /// <summary>Columns factored at a time: wide enough for the matrix product, narrow enough for the triangle to stay in the cache.</summary>
    private const int Block = 96;

    private readonly double[] _lower;

    private Cholesky(double[] lower, int size) => (_lower, Size) = (lower, size);

    /// <summary>Rows, which are as many as columns.</summary>
    public int Size { get; }

    /// <summary>ln det A.</summary>
    public double LogDeterminant
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Size; i++)
            {
                sum += 2 * Math.Log(_lower[(long)i * Size + i]);
            }

            return sum;
        }
    }

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">Row-major, size x size; only the lower triangle is looked at. The factor takes its place: matrices can be large.</param>
    /// <param name="size">Number of rows.</param>
    /// <exception cref="ArgumentException">The length is not that of the size, or the matrix is not positive definite.</exception>
    public static Cholesky Factor(double[] matrix, int size)
    {
        if (size < 1 || matrix.Length != (long)size * size)
        {
            throw new ArgumentException($"A matrix of {matrix.Length} elements is not {size} x {size}.");
        }

        var (lower, scratch) = (matrix, new double[matrix.Length]);
        for (var start = 0; start < size; start += Block)
        {
            var width = Math.Min(Block, size - start);
            if (start > 0)
            {
                SubtractFinishedColumns(lower, scratch, size, start, width);
            }

            FactorDiagonal(lower, size, start, width);
            SolvePanel(lower, scratch, size, start, width);
        }

        for (var i = 0; i < size; i++)
        {
            lower.AsSpan(i * size + i + 1, size - i - 1).Clear();
        }

        return new(lower, size);
    }

    /// <summary>L, row-major; zero above the diagonal.</summary>
    public double[] ToArray() => (double[])_lower.Clone();

    /// <summary>A⁻¹ = L⁻ᵀL⁻¹, row-major.</summary>
    public double[] Inverse()
    {
        using var scope = new Tape(record: false);
        var inverse = Tensor.Create(InvertLower(), [Size, Size], Device.Cpu);
        return inverse.Transpose().MatMul(inverse).ToArray();
    }

    /// <summary>L⁻¹, row-major; zero above the diagonal. Row block by row block, L⁻¹[i, :] = L[i, i]⁻¹ (I[i, :] - L[i, :i] L⁻¹[:i, :]).</summary>
    public double[] InvertLower()
    {
        var (inverse, scratch) = (new double[_lower.Length], new double[_lower.Length]);
        for (var start = 0; start < Size; start += Block)
        {
            var width = Math.Min(Block, Size - start);
            var diagonal = InvertDiagonal(_lower, Size, start, width);
            CopyIn(diagonal, width, inverse, Size, start, start, width);
            if (start == 0)
            {
                continue;
            }

            using var scope = new Tape(record: false);
            var left = Panel(_lower, scratch, Size, start, width, 0, start);
            var finished = Panel(inverse, scratch, Size, 0, start, 0, start);
            var row = Tensor.Create(diagonal, [width, width], Device.Cpu).MatMul(left.MatMul(finished)) * -1.0;
            row.CopyTo(scratch);
            CopyIn(scratch, start, inverse, Size, start, 0, width);
        }

        return inverse;
    }

    /// <summary>A[start:, block] -= L[start:, :start] L[block, :start]ᵀ.</summary>
    private static void SubtractFinishedColumns(double[] lower, double[] scratch, int size, int start, int width)
    {
        using var scope = new Tape(record: false);
        var left = Panel(lower, scratch, size, start, size - start, 0, start);
        left.MatMul(Panel(lower, scratch, size, start, width, 0, start).Transpose()).CopyTo(scratch);
        for (var i = 0; i < size - start; i++)
        {
            var row = lower.AsSpan((start + i) * size + start, width);
            for (var j = 0; j < width; j++)
            {
                row[j] -= scratch[i * width + j];
            }
        }
    }

    private static void FactorDiagonal(double[] lower, int size, int start, int width)
    {
        for (var j = start; j < start + width; j++)
        {
            var row = lower.AsSpan(j * size, j + 1);
            var pivot = row[j] - Dot(row[start..j], row[start..j]);
            if (!(pivot > 0 && double.IsFinite(pivot)))
            {
                throw new ArgumentException($"The matrix of {size} rows is not positive definite: pivot {j} is {pivot:G3}. Add more to its diagonal.");
            }

            row[j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < start + width; i++)
            {
                var other = lower.AsSpan(i * size, j + 1);
                other[j] = (other[j] - Dot(other[start..j], row[start..j])) / row[j];
            }
        }
    }

    /// <summary>L[below, block] = A[below, block] L[block, block]⁻ᵀ.</summary>
    private static void SolvePanel(double[] lower, double[] scratch, int size, int start, int width)
    {
        var below = size - start - width;
        if (below == 0)
        {
            return;
        }

        using var scope = new Tape(record: false);
        var inverse = Tensor.Create(InvertDiagonal(lower, size, start, width), [width, width], Device.Cpu);
        Panel(lower, scratch, size, start + width, below, start, width).MatMul(inverse.Transpose()).CopyTo(scratch);
        CopyIn(scratch, width, lower, size, start + width, start, below);
    }

    private static double[] InvertDiagonal(double[] lower, int size, int start, int width)
    {
        var inverse = new double[width * width];
        for (var i = 0; i < width; i++)
        {
            var row = lower.AsSpan((start + i) * size + start, i + 1);
            inverse[i * width + i] = 1 / row[i];
            for (var j = 0; j < i; j++)
            {
                var sum = 0.0;
                for (var k = j; k < i; k++)
                {
                    sum += row[k] * inverse[k * width + j];
                }

                inverse[i * width + j] = -sum / row[i];
            }
        }

        return inverse;
    }

    /// <summary>A part of a matrix as a tensor of its own, by way of a buffer that all parts share.</summary>
    private static Tensor<double> Panel(double[] matrix, double[] scratch, int size, int firstRow, int rows, int firstColumn, int columns)
    {
        var panel = scratch.AsSpan(0, rows * columns);
        for (var i = 0; i < rows; i++)
        {
            matrix.AsSpan((firstRow + i) * size + firstColumn, columns).CopyTo(panel[(i * columns)..]);
        }

        return Tensor.Create<double>(panel, [rows, columns], Device.Cpu);
    }

    private static void CopyIn(double[] panel, int columns, double[] matrix, int size, int firstRow, int firstColumn, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            panel.AsSpan(i * columns, columns).CopyTo(matrix.AsSpan((firstRow + i) * size + firstColumn));
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
