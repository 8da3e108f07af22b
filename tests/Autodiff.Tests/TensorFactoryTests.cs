using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>Tensors whose values are written a few slices at a time.</summary>
public sealed class TensorFactoryTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(1000, 777)]
    [InlineData(3, 300_000)]
    public void EachSliceIsWrittenOnce(int rows, int columns)
    {
        var (next, most) = (0, 0);
        var tensor = Tensor.Create<float>(
            [rows, columns],
            (values, first) =>
            {
                Assert.Equal(next, first);
                Assert.Equal(0, values.Length % columns);
                next += values.Length / columns;
                most = Math.Max(most, values.Length);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = first * columns + i;
                }
            },
            Device.Cpu);

        Assert.Equal(rows, next);
        Assert.True(most <= Math.Max(columns, 1 << 17), $"{most} values at a time");
        Assert.Equal([rows, columns], tensor.Shape);
        Assert.Equal(Enumerable.Range(0, rows * columns).Select(i => (float)i), tensor.ToArray());
    }

    [Fact]
    public void NothingIsWrittenOfAnEmptyTensor()
    {
        Assert.Equal(0, Tensor.Create<double>([0, 4], (_, _) => Assert.Fail("There are no values."), Device.Cpu).Count);
        Assert.Equal(0, Tensor.Create<double>([4, 0], (_, _) => Assert.Fail("There are no values."), Device.Cpu).Count);
    }

    [Fact]
    public void AScalarHasNoSlices() =>
        Assert.Contains("Tensor.Scalar", Assert.Throws<ArgumentException>(() => Tensor.Create<float>([], (_, _) => { }, Device.Cpu)).Message);
}
