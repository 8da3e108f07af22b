using Decoder.LinearAlgebra;

namespace Decoder.Tests.LinearAlgebra;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(96)]
    [InlineData(97)]
    [InlineData(250)]
    public void TheFactorAndTheInverseAreThoseOfTheMatrix(int size)
    {
        var matrix = RandomMatrix(size);
        var factored = Cholesky.Factor((double[])matrix.Clone(), size);
        var (lower, inverse) = (factored.ToArray(), factored.Inverse());

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Assert.True(j <= i || lower[i * size + j] == 0);
                var (product, identity) = (0.0, 0.0);
                for (var k = 0; k < size; k++)
                {
                    product += lower[i * size + k] * lower[j * size + k];
                    identity += matrix[i * size + k] * inverse[k * size + j];
                }

                Assert.Equal(matrix[i * size + j], product, 1e-9);
                Assert.Equal(i == j ? 1 : 0, identity, 1e-9);
            }
        }
    }

    [Fact]
    public void TheDeterminantIsThatOfTheMatrix() => Assert.Equal(Math.Log(11), Cholesky.Factor([4, 0, 1, 3], 2).LogDeterminant, 12);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void WhatIsNotPositiveDefiniteIsRefused(double last)
    {
        var e = Assert.Throws<ArgumentException>(() => Cholesky.Factor([1, 0, 0, last], 2));
        Assert.Contains("not positive definite: pivot 1", e.Message);
        Assert.Throws<ArgumentException>(() => Cholesky.Factor([1, 2, 3], 2));
    }

    internal static double[] RandomMatrix(int size)
    {
        var random = new Random(size);
        var factor = Enumerable.Range(0, size * size).Select(_ => random.NextDouble() - 0.5).ToArray();
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                for (var k = 0; k < size; k++)
                {
                    matrix[i * size + j] += factor[i * size + k] * factor[j * size + k];
                }
            }

            matrix[i * size + i] += 1;
        }

        return matrix;
    }
}
