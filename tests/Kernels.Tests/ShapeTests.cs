using Autodiff.Kernels;

namespace Kernels.Tests;

public class ShapeTests
{
    [Fact]
    public void SizesCountsAndAxes()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal(3, shape.Rank);
        Assert.Equal(24, shape.Count);
        Assert.Equal(4, shape[-1]);
        Assert.Equal(2, shape[0]);
        Assert.Equal("[2, 3, 4]", shape.ToString());
        Assert.Equal([2, 7, 4], shape.With(-2, 7).AsSpan().ToArray());
        Assert.Equal(1, Shape.Scalar.Count);
        Assert.Equal(0, new Shape(3, 0, 2).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => shape[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.Axis(-4));
    }

    [Fact]
    public void EqualityIsBySizes()
    {
        Shape literal = [2, 3];
        Assert.Equal(new Shape(2, 3), literal);
        Assert.True(new Shape(2, 3) != new Shape(2, 3, 1));
        Assert.Equal(new Shape(2, 3).GetHashCode(), new Shape(2, 3).GetHashCode());
    }

    [Fact]
    public void ImpossibleShapesAreRefused()
    {
        Assert.Contains("axis 1", Assert.Throws<ArgumentException>(() => new Shape(2, -1)).Message);
        Assert.Contains("at most 8 axes", Assert.Throws<ArgumentException>(() => new Shape(1, 1, 1, 1, 1, 1, 1, 1, 1)).Message);
        Assert.Contains("elements", Assert.Throws<ArgumentException>(() => new Shape(65536, 65536)).Message);
        Assert.Equal(0, new Shape(65536, 0, 65536).Count);
    }

    [Theory]
    [InlineData(new int[0], new int[] { 2, 3 }, new int[] { 2, 3 })]
    [InlineData(new int[] { 3 }, new int[] { 2, 3 }, new int[] { 2, 3 })]
    [InlineData(new int[] { 2, 1 }, new int[] { 1, 3 }, new int[] { 2, 3 })]
    [InlineData(new int[] { 0 }, new int[] { 1 }, new int[] { 0 })]
    [InlineData(new int[] { 4, 1, 5 }, new int[] { 3, 1 }, new int[] { 4, 3, 5 })]
    public void Broadcasting(int[] left, int[] right, int[] expected)
    {
        Assert.True(Shape.TryBroadcast(new Shape(left), new Shape(right), out Shape both));
        Assert.Equal(new Shape(expected), both);
        Assert.True(Shape.TryBroadcast(new Shape(right), new Shape(left), out both));
        Assert.Equal(new Shape(expected), both);
    }

    [Fact]
    public void ShapesThatDoNotBroadcast()
    {
        Assert.False(Shape.TryBroadcast([2, 3], [2], out _));
        Assert.False(Shape.TryBroadcast([0], [2], out _));
    }
}
