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

    /// <summary>Columns of the inverse factor that are taken as a matrix of their own at a time.</summary>
    private const int InverseColumns = 512;

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

        var columns = new double[size * Math.Min(size, Block)];
        for (var start = 0; start < size; start += Block)
        {
            var width = Math.Min(Block, size - start);
            if (start > 0)
            {
                SubtractFinishedColumns(matrix, columns, size, start, width);
            }

            FactorDiagonal(matrix, size, start, width);
            SolvePanel(matrix, columns, size, start, width);
        }

        for (var i = 0; i < size; i++)
        {
            matrix.AsSpan(i * size + i + 1, size - i - 1).Clear();
        }

        return new(matrix, size);
    }

    /// <summary>L⁻¹ of a matrix, row-major; zero above the diagonal.</summary>
    /// <param name="matrix">As <see cref="Factor"/> takes it. L⁻¹ takes its place.</param>
    /// <param name="size">Number of rows.</param>
    /// <exception cref="ArgumentException">The length is not that of the size, or the matrix is not positive definite.</exception>
    public static void InverseFactor(double[] matrix, int size) => Invert(Factor(matrix, size)._lower, size);

    /// <summary>L, row-major; zero above the diagonal.</summary>
    public double[] ToArray() => (double[])_lower.Clone();

    /// <summary>A⁻¹ = L⁻ᵀL⁻¹, row-major.</summary>
    public double[] Inverse()
    {
        var factor = ToArray();
        Invert(factor, Size);
        using var scope = new Tape(record: false);
        var inverse = Tensor.Create(factor, [Size, Size], Device.Cpu);
        return inverse.Transpose().MatMul(inverse).ToArray();
    }

    /// <summary>
    /// Inverts L where it is, row block by row block from the first: L⁻¹[i, :] = L[i, i]⁻¹ (I[i, :] - L[i, :i] L⁻¹[:i, :]) needs of L nothing but those rows, and of L⁻¹ those above.
    /// </summary>
    private static void Invert(double[] lower, int size)
    {
        var columns = new double[Math.Min(size, Block) * InverseColumns];
        for (var start = 0; start < size; start += Block)
        {
            var width = Math.Min(Block, size - start);
            var values = InvertDiagonal(lower, size, start, width);
            using var scope = new Tape(record: false);
            var diagonal = Tensor.Create(values, [width, width], Device.Cpu);
            var left = Panel(lower, size, start, width, 0, start);
            CopyIn(values, width, lower, size, start, start, width);
            for (var first = 0; first < start; first += InverseColumns)
            {
                // L⁻¹ is zero above its diagonal.
                using var part = new Tape(record: false);
                var count = Math.Min(InverseColumns, start - first);
                var finished = Panel(lower, size, first, start - first, first, count);
                (diagonal.MatMul(left.Slice(1, first, start - first).MatMul(finished)) * -1.0).CopyTo(columns);
                CopyIn(columns, count, lower, size, start, first, width);
            }
        }
    }

    /// <summary>A[start:, block] -= L[start:, :start] L[block, :start]ᵀ.</summary>
    private static void SubtractFinishedColumns(double[] lower, double[] columns, int size, int start, int width)
    {
        using var scope = new Tape(record: false);
        var left = Panel(lower, size, start, size - start, 0, start);
        left.MatMul(left.Slice(0, 0, width).Transpose()).CopyTo(columns);
        for (var i = 0; i < size - start; i++)
        {
            var row = lower.AsSpan((start + i) * size + start, width);
            for (var j = 0; j < width; j++)
            {
                row[j] -= columns[i * width + j];
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
    private static void SolvePanel(double[] lower, double[] columns, int size, int start, int width)
    {
        var below = size - start - width;
        if (below == 0)
        {
            return;
        }

        using var scope = new Tape(record: false);
        var inverse = Tensor.Create(InvertDiagonal(lower, size, start, width), [width, width], Device.Cpu);
        Panel(lower, size, start + width, below, start, width).MatMul(inverse.Transpose()).CopyTo(columns);
        CopyIn(columns, width, lower, size, start + width, start, below);
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

    /// <summary>A part of a matrix as a tensor of its own.</summary>
    private static Tensor<double> Panel(double[] matrix, int size, int firstRow, int rows, int firstColumn, int columns) => Tensor.Create<double>(
        [rows, columns],
        (values, first) =>
        {
            for (var i = 0; i < values.Length / columns; i++)
            {
                matrix.AsSpan((firstRow + first + i) * size + firstColumn, columns).CopyTo(values[(i * columns)..]);
            }
        },
        Device.Cpu);

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
