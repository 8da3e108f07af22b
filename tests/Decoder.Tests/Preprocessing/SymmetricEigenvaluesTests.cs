using Decoder.Preprocessing;

namespace Decoder.Tests.Preprocessing;

public sealed class SymmetricEigenvaluesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void TheSecondDifferenceHasTheEigenvaluesOfTextbooks(int n)
    {
        var matrix = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            matrix[i, i] = 2;
            if (i > 0)
            {
                (matrix[i, i - 1], matrix[i - 1, i]) = (-1, -1);
            }
        }

        var (values, vectors) = SymmetricEigenvalues.Compute(matrix);

        for (var i = 0; i < n; i++)
        {
            Assert.Equal(2 + 2 * Math.Cos(Math.PI * (i + 1) / (n + 1)), values[i], tolerance: 1e-12);
        }

        AssertDecomposes(matrix, values, vectors, 1e-12);
    }

    [Fact]
    public void RepeatedZeroAndNegativeEigenvaluesAreFound()
    {
        // v v' has one eigenvalue |v|^2, and minus the identity takes 1 from all.
        double[] v = [3, 0, 4, 12];
        var matrix = new double[4, 4];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                matrix[i, j] = v[i] * v[j] - (i == j ? 1 : 0);
            }
        }

        var (values, vectors) = SymmetricEigenvalues.Compute(matrix);

        Assert.Equal([168, -1, -1, -1], values.Select(value => Math.Round(value, 10)));
        AssertDecomposes(matrix, values, vectors, 1e-10);
        Assert.Equal([0, 0], SymmetricEigenvalues.Compute(new double[2, 2]).Values);
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e150)]
    public void TheScaleDoesNotMatter(double scale)
    {
        var (values, _) = SymmetricEigenvalues.Compute(new[,] { { 2 * scale, scale }, { scale, 2 * scale } });

        Assert.Equal(3, values[0] / scale, 12);
        Assert.Equal(1, values[1] / scale, 12);
    }

    private static void AssertDecomposes(double[,] matrix, double[] values, double[,] vectors, double tolerance)
    {
        var n = values.Length;
        Assert.Equal(values.OrderDescending(), values);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (product, dot) = (0.0, 0.0);
                for (var k = 0; k < n; k++)
                {
                    product += vectors[i, k] * values[k] * vectors[j, k];
                    dot += vectors[k, i] * vectors[k, j];
                }

                Assert.InRange(product, matrix[i, j] - tolerance * Math.Abs(values[0]) - tolerance, matrix[i, j] + tolerance * Math.Abs(values[0]) + tolerance);
                Assert.InRange(dot, (i == j ? 1 : 0) - 1e-12, (i == j ? 1 : 0) + 1e-12);
            }
        }
    }
}
