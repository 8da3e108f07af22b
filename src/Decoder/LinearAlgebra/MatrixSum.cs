using Autodiff;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Decoder.LinearAlgebra;

/// <summary>A sum of matrices in one array: the partial sums of large products would else be as many matrices.</summary>
/// <param name="rows">Number of rows.</param>
/// <param name="columns">Number of columns.</param>
internal sealed class MatrixSum(int rows, int columns)
{
    private const int ValuesAtATime = 1 << 17;

    private readonly float[] _part = new float[Math.Clamp(ValuesAtATime / columns, 1, rows) * columns];

    /// <summary>The sum, row-major.</summary>
    public float[] Values { get; } = new float[rows * columns];

    /// <summary>Adds a matrix.</summary>
    public void Add(Tensor<float> matrix)
    {
        var height = _part.Length / columns;
        for (var first = 0; first < rows; first += height)
        {
            using var scope = new Tape(record: false);
            var count = Math.Min(height, rows - first);
            matrix.Slice(0, first, count).CopyTo(_part);
            var sum = Values.AsSpan(first * columns, count * columns);
            TensorPrimitives.Add(sum, _part.AsSpan(0, sum.Length), sum);
        }
    }
}
