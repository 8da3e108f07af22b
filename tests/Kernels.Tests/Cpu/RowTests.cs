using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests;

/// <summary>Row kernels on the CPU: any layout and any number of threads give the same bits.</summary>
public class RowTests
{
    private static readonly int[][] Shapes = [[1], [9], [3, 40], [40, 3], [33, 70], [5, 4, 33], [2, 9, 3, 17], [3, 9000], [9000, 3]];

    [Fact]
    public void BitsDependOnTheShapeAlone()
    {
        var random = new Random(5);
        foreach (int[] sizes in Shapes)
        {
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                View<float> strided = Views.Awkward<float>(random, true, sizes), x = Views.From<float>(strided.Read(), sizes);
                float[] softmax = Threads.SameBits(() => Run(x, x, axis, new Autodiff.Kernels.Rows.Softmax<float>()));
                Assert.Equal(softmax, Run(strided, strided, axis, new Autodiff.Kernels.Rows.Softmax<float>()));
                float[] gradient = Threads.SameBits(() => Run(x, strided, axis, new Autodiff.Kernels.Rows.StandardizeGradient<float>(sizes[axis], 1e-5f)));
                Assert.Equal(gradient, Run(strided, x, axis, new Autodiff.Kernels.Rows.StandardizeGradient<float>(sizes[axis], 1e-5f)));
            }
        }
    }

    [Fact]
    public void ResultsMayBeWrittenOverTheInputAndToAnyStrides()
    {
        var random = new Random(6);
        foreach (int[] sizes in Shapes)
        {
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                View<double> x = Views.Random<double>(random, sizes), y = Views.Awkward<double>(random, false, sizes);
                double[] expected = Run(x, x, axis, new Autodiff.Kernels.Rows.LogSoftmax<double>());
                Device.Cpu.Rows(x, x, x, y, axis, new Autodiff.Kernels.Rows.LogSoftmax<double>());
                Assert.Equal(expected, y.Read());
                Device.Cpu.Rows(x, x, x, x, axis, new Autodiff.Kernels.Rows.LogSoftmax<double>());
                Assert.Equal(expected, x.Read());
            }
        }
    }

    private static T[] Run<T, TOp>(View<T> x, View<T> p, int axis, TOp op)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TOp : struct, IRowKernel<T>
    {
        View<T> y = Views.Empty<T>(x.Shape.AsSpan().ToArray());
        Device.Cpu.Rows(x, p, x, y, axis, op);
        return y.Read();
    }
}
