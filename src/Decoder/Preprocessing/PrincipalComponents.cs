using Autodiff;
using Autodiff.Kernels;
using Decoder.Sampling;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Decoder.Preprocessing;

/// <summary>
/// The leading principal components of a matrix that is too large for an eigenvalue decomposition, by subspace iteration with Rayleigh-Ritz (Halko, Martinsson and
/// Tropp, 'Finding structure with randomness', 2011). The same data give the same components.
/// </summary>
internal static class PrincipalComponents
{
    /// <summary>More directions than asked for are iterated, so that the last ones that count converge as fast.</summary>
    private const int Oversampling = 10;

    private const int MaximumIterations = 100;
    private const int RowsAtATime = 256;

    /// <summary>Relative to the greatest eigenvalue: when the wanted ones stand still, and below what a component has no variance.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>Computes the components.</summary>
    /// <param name="responses">The rows.</param>
    /// <param name="center">Mean of each neuron.</param>
    /// <param name="count">How many components.</param>
    /// <returns>Orthonormal directions by descending variance; fewer than asked for where the rest has none.</returns>
    public static float[][] Compute(ResponseRows responses, float[] center, int count)
    {
        var neurons = center.Length;
        var width = Math.Min(count + Oversampling, neurons);
        var random = new RandomStream(0);
        var basis = new float[width][];
        for (var i = 0; i < width; i++)
        {
            basis[i] = new float[neurons];
            Normal.Fill(random, basis[i]);
        }

        var before = new double[count];
        for (var iteration = 0; ; iteration++)
        {
            Orthonormalize(basis, random);
            var (image, gram) = Multiply(responses, center, basis);
            var (values, vectors) = SymmetricEigenvalues.Compute(gram);
            var scale = Math.Max(values[0], double.Epsilon);
            var isSettled = Enumerable.Range(0, count).All(i => Math.Abs(values[i] - before[i]) <= Tolerance * scale);

            // A basis of as many directions as there are neurons needs no iteration: turning it is exact.
            if (isSettled || width == neurons || iteration == MaximumIterations)
            {
                return [.. Turn(basis, vectors).Take(count).Where((_, i) => values[i] > Tolerance * scale)];
            }

            values.AsSpan(0, count).CopyTo(before);
            basis = Turn(image, vectors);
        }
    }

    /// <summary>The image X'XQ of a basis Q, and the small matrix Q'X'XQ, X being the centered responses.</summary>
    private static (float[][] Image, double[,] Gram) Multiply(ResponseRows responses, float[] center, float[][] basis)
    {
        var (width, neurons) = (basis.Length, center.Length);
        var gram = new double[width, width];
        var image = new float[width * neurons];
        using var scope = new Tape(record: false);
        var q = Tensor.Create([.. basis.SelectMany(vector => vector)], [width, neurons], Device.Cpu);
        for (var first = 0; first < responses.Count; first += RowsAtATime)
        {
            using var block = new Tape(record: false);
            var height = Math.Min(RowsAtATime, responses.Count - first);
            var start = first;
            var x = Tensor.Create<float>(
                [height, neurons],
                (values, row) =>
                {
                    responses.Read(start + row, values);
                    for (var i = 0; i < values.Length; i += neurons)
                    {
                        TensorPrimitives.Subtract(values.Slice(i, neurons), center, values.Slice(i, neurons));
                    }
                },
                Device.Cpu);
            var scores = q.MatMul(x.Transpose());
            TensorPrimitives.Add(image, scores.MatMul(x).ToArray(), image);
            AddGram(gram, scores.ToArray(), height);
        }

        return ([.. image.Chunk(neurons)], gram);
    }

    private static void AddGram(double[,] gram, float[] scores, int height)
    {
        var width = gram.GetLength(0);
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var row = 0; row < height; row++)
                {
                    sum += (double)scores[i * height + row] * scores[j * height + row];
                }

                gram[i, j] += sum;
                gram[j, i] = gram[i, j];
            }
        }
    }

    /// <summary>The combinations of vectors whose coefficients are the columns of <paramref name="vectors"/>.</summary>
    private static float[][] Turn(float[][] basis, double[,] vectors)
    {
        var turned = new float[basis.Length][];
        for (var i = 0; i < turned.Length; i++)
        {
            turned[i] = new float[basis[0].Length];
            for (var j = 0; j < basis.Length; j++)
            {
                TensorPrimitives.MultiplyAdd(basis[j], (float)vectors[j, i], turned[i], turned[i]);
            }
        }

        return turned;
    }

    /// <summary>Gram-Schmidt, each vector twice. One that depends on those before it is replaced by a random one.</summary>
    private static void Orthonormalize(float[][] vectors, RandomStream random)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            var length = Length(vectors[i]);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var k = 0; k < i; k++)
                {
                    TensorPrimitives.MultiplyAdd(vectors[k], -TensorPrimitives.Dot<float>(vectors[i], vectors[k]), vectors[i], vectors[i]);
                }
            }

            var rest = Length(vectors[i]);
            if (!(rest > 1e-5 * length))
            {
                Normal.Fill(random, vectors[i]);
                i--;
                continue;
            }

            TensorPrimitives.Multiply(vectors[i], 1 / rest, vectors[i]);
        }
    }

    private static float Length(ReadOnlySpan<float> vector) => TensorPrimitives.Norm(vector);
}
