using System.Numerics;
using Autodiff.Kernels;
using Autodiff.Kernels.Rows;
using Xunit;

namespace Kernels.Tests.Gpu;

public class RowTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    /// <summary>Short rows, rows in fours and not, rows across, and few long ones, which are cut into chunks.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void EveryOpAgreesWithTheCpu(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((Shape shape, int axis) in ((Shape, int)[])[([1], 0), ([5, 8], 1), ([9, 3], 0), ([2, 5, 3], 1), ([1, 1036], 1), ([2, 1001], 1), ([700, 2], 0), ([0, 4], 1)])
            {
                T count = T.CreateChecked(shape[axis]), epsilon = T.CreateChecked(1e-5);
                Layout x = new(shape);
                Layout[] layouts = shape.Rank == 2 ? [x, new Layout([shape[1], shape[0]]).Permute([1, 0])] : [x];
                foreach (Layout layout in layouts)
                {
                    Same(new Softmax<T>());
                    Same(new LogSoftmax<T>());
                    Same(new LogSumExp<T>());
                    Same(new SoftmaxStatistics<T>());
                    Same(new SoftmaxGradient<T>());
                    Same(new LogSoftmaxGradient<T>());
                    Same(new SoftmaxTimes<T>());
                    Same(new Standardize<T>(count, epsilon));
                    Same(new StandardizeGradient<T>(count, epsilon));
                    Same(new LayerNorm<T>(count, epsilon));

                    void Same<TOp>(TOp op)
                        where TOp : struct, IRowKernel<T> =>
                        Arrays.AssertClose(Run<T, TOp>(Device.Cpu, layout, axis, op), Run<T, TOp>(device, layout, axis, op), 50 * Arrays.Tolerance<T>());
                }
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void SpecialValuesAreWhatTheCpuMakesOfThem(string name)
    {
        Device device = Device.Parse(name);
        float inf = float.PositiveInfinity, nan = float.NaN;
        float[] x =
        [
            1, 2, nan, 4, 1, 2, inf, 4, 1, 2, -inf, 4, -inf, -inf, -inf, -inf, inf, inf, 0, 0, 1e38f, -1e38f, 1e38f, 0, 1e-42f, 0, -0f, 1e-42f,
        ];
        Same(new Softmax<float>());
        Same(new LogSoftmax<float>());
        Same(new LogSumExp<float>());
        Same(new SoftmaxStatistics<float>());
        Same(new Standardize<float>(4, 1e-5f));

        void Same<TOp>(TOp op)
            where TOp : struct, IRowKernel<float>
        {
            float[] expected = On(Device.Cpu, op), actual = On(device, op);
            for (int i = 0; i < expected.Length; i++)
            {
                bool same = float.IsFinite(expected[i]) ? Math.Abs(actual[i] - expected[i]) <= 1e-5f * Math.Max(1, Math.Abs(expected[i])) : expected[i].Equals(actual[i]);
                Assert.True(same, $"{op.GetType().Name}, number {i}: expected {expected[i]:R}, got {actual[i]:R}");
            }
        }

        float[] On<TOp>(Device on, TOp op)
            where TOp : struct, IRowKernel<float>
        {
            View<float> rows = on.View([7, 4], x), y = on.View([7, TOp.Results == 0 ? 4 : TOp.Results], new float[28]);
            on.Rows(rows, rows, rows, y, 1, op);
            return y.Storage()[..y.Count];
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void ResultsMayBeWrittenOverTheInput(string name)
    {
        Device device = Device.Parse(name);
        foreach (Shape shape in (Shape[])[[3, 8], [1, 1000]])
        {
            float[] values = Arrays.Random<float>(shape.Count, 51);
            View<float> x = device.View(shape, values), y = device.View(shape, new float[shape.Count]);
            device.Rows(x, x, x, y, 1, new Softmax<float>());
            device.Rows(x, x, x, x, 1, new Softmax<float>());
            Assert.Equal(y.Storage(), x.Storage());
        }
    }

    private static T[] Run<T, TOp>(Device on, Layout layout, int axis, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IRowKernel<T>
    {
        int count = Math.Max(1, layout.Shape.Count);
        View<T> x = on.View(layout, Arrays.Random<T>(count, 52)), p = on.View(layout.Shape, Arrays.Random<T>(count, 53));
        View<T> q = on.View(layout, Arrays.Random<T>(count, 54));
        Shape shape = TOp.Results == 0 ? layout.Shape : layout.Shape.With(axis, TOp.Results);
        View<T> y = on.View(shape, Enumerable.Repeat(T.CreateChecked(9), Math.Max(1, shape.Count)).ToArray());
        on.Rows(x, p, q, y, axis, op);
        return y.Storage();
    }
}
