using Autodiff.Kernels;
using Xunit;

namespace Autodiff.Tests;

/// <summary>
/// The product as layers use it, with transposed operands: their gradients come out in the memory order of the matrix itself.
/// </summary>
public class LayersMatMulOrderTests
{
    private static Tensor<double> Random(ulong seed, Shape shape) => new Generator(seed).Normal<double>(shape);

    [Fact]
    public void GradientsOfTransposedOperandsAreRight()
    {
        foreach ((Shape a, Shape b) in ((Shape, Shape)[])[([3, 2], [4, 3]), ([2, 3, 2], [4, 3]), ([3, 2], [2, 4, 3]), ([1, 1], [1, 1]), ([3, 1], [1, 3])])
        {
            GradCheckReport report = GradCheck.Run((x, y) => x.Transpose().MatMul(y.Transpose()), Random(1, a), Random(2, b));
            Assert.True(report.Passed, report.ToString());
            report = GradGradCheck.Run((x, y) => x.Transpose().MatMul(y.Transpose()), Random(1, a), Random(2, b));
            Assert.True(report.Passed, report.ToString());
        }
    }

    [Fact]
    public void TheGradientOfATransposedOperandLiesAsTheOperand()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Random(1, [5, 3])), w = tape.Watch(Random(2, [4, 3])).Transpose();
        Tensor<double> gradient = tape.Gradient(x.MatMul(w).Sum(), [w])[0]!;
        Assert.Equal([1, 3], gradient.View.Layout.Strides.ToArray());
    }
}
