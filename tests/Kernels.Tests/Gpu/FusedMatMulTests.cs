using System.Numerics;
using Autodiff.Kernels;
using Autodiff.Kernels.Elementwise;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Matrix products with something done at once, against one after the other on the CPU.</summary>
public class FusedMatMulTests
{
    // Small enough for the tiles that the emulator has threads for; the long sums are cut into chunks.
    private static readonly (int Batches, int Rows, int Columns, int Depth)[] Sizes =
        [(1, 1, 1, 1), (1, 3, 2, 5), (1, 5, 17, 33), (1, 32, 64, 8), (2, 7, 31, 9), (3, 4, 5, 0), (1, 0, 3, 2), (1, 2, 18, 700), (2, 6, 20, 300)];

    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void CombinesWithWhatIsBroadcast(string name)
    {
        foreach (Device device in Forms(name))
        {
            Check<float>(device);
            Check<double>(device);
        }

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((int batches, int rows, int columns, int depth) in Sizes)
            {
                // A bias per column, one per row, one number, a matrix for all batches, and one for each (transposed in memory).
                Layout[] others =
                [
                    new Layout([columns]), new Layout([rows, 1]), new Layout([1, 1]), new Layout([rows, columns]), new Layout([batches, columns, rows]).Permute([0, 2, 1]),
                ];
                foreach (Layout other in others)
                {
                    // Not symmetric: the product must be the first argument.
                    Arrays.AssertClose(Combined<T>(Device.Cpu, other, batches, rows, columns, depth), Combined<T>(device, other, batches, rows, columns, depth), Tolerance<T>(depth));
                }
            }
        }

        static T[] Combined<T>(Device on, Layout other, int batches, int rows, int columns, int depth)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            (View<T> a, View<T> b) = Factors<T>(on, [batches], rows, columns, depth);
            Layout result = Within([batches, rows, columns]);
            View<T> c = on.View(other, Arrays.Random<T>(Math.Max(1, other.Shape.Count), 21)), y = on.View(result, new T[result.Shape.Count + 5]);
            on.MatMul(a, b, c.With(other.BroadcastTo(result.Shape)), y, default(Subtract<T>));
            return y.Storage();
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void AddsToTheResultInPlace(string name)
    {
        foreach (Device device in Forms(name))
        {
            foreach ((int batches, int rows, int columns, int depth) in Sizes)
            {
                Arrays.AssertClose(Accumulated<float>(Device.Cpu), Accumulated<float>(device), Tolerance<float>(depth));
                Arrays.AssertClose(Accumulated<double>(Device.Cpu), Accumulated<double>(device), Tolerance<double>(depth));

                T[] Accumulated<T>(Device on)
                    where T : unmanaged, IFloatingPointIeee754<T>
                {
                    (View<T> a, View<T> b) = Factors<T>(on, [batches], rows, columns, depth);
                    Layout result = Within([batches, rows, columns]);
                    View<T> y = on.View(result, Arrays.Random<T>(result.Shape.Count + 5, 22));
                    on.MatMul(a, b, y, y, default(Add<T>));
                    on.MatMul(a, b, y, y, default(Add<T>));
                    return y.Storage();
                }
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void StepsWithAdam(string name)
    {
        foreach (Device device in Forms(name))
        {
            Check<float>(device);
            Check<double>(device);
        }

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((int _, int rows, int columns, int depth) in Sizes)
            {
                foreach ((double decay, bool decoupled) in ((double, bool)[])[(0, false), (0.1, false), (0.1, true)])
                {
                    T[][] expected = Stepped(Device.Cpu), actual = Stepped(device);
                    for (int i = 0; i < expected.Length; i++)
                    {
                        Arrays.AssertClose(expected[i], actual[i], Tolerance<T>(depth));
                    }

                    T[][] Stepped(Device on)
                    {
                        (View<T> a, View<T> b) = Factors<T>(on, [], rows, columns, depth);
                        View<T> Make(int seed, double low) => on.View(Within([rows * columns]), Arrays.Random<T>(rows * columns + 5, seed, low, 1));
                        AdamParameter<T> parameter = new(Make(1, -1), default, Make(2, -1), Make(3, 0));
                        for (int step = 1; step <= 3; step++)
                        {
                            on.MatMulAdam(a, b, parameter, null, new AdamStep(step, 0.01, 0.9, 0.999, 1e-8, decay, decoupled));
                        }

                        return Numbers(parameter);
                    }
                }
            }
        }
    }

    /// <summary>A weight and its bias, whose gradient are the sums of the left factor's rows, in each layout of that factor; gradients are kept where they have a tensor.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void StepsWithAdamAndTheSumsOfRows(string name)
    {
        foreach (Device device in Forms(name))
        {
            Check<float>(device);
            Check<double>(device);
        }

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // Rows beyond one group of sums too, and long sums in chunks, which the last group joins or a second launch.
            foreach ((int rows, int columns, int depth) in ((int, int, int)[])[(1, 1, 1), (3, 2, 5), (33, 70, 33), (0, 3, 2), (4, 0, 7), (4, 5, 0), (1, 18, 700), (70, 2, 300)])
            {
                foreach (bool isTransposed in (bool[])[false, true])
                {
                    foreach (bool keepsGradients in (bool[])[false, true])
                    {
                        T[][] expected = Stepped(Device.Cpu), actual = Stepped(device);
                        for (int i = 0; i < expected.Length; i++)
                        {
                            Arrays.AssertClose(expected[i], actual[i], Tolerance<T>(depth));
                        }

                        T[][] Stepped(Device on)
                        {
                            (View<T> a, View<T> b) = Factors<T>(on, [], rows, columns, depth);
                            a = isTransposed ? a : on.View([rows, depth], Arrays.Random<T>(Math.Max(1, rows * depth), 25));
                            View<T> Make(int count, int seed, double low) => on.View(Within([count]), Arrays.Random<T>(count + 5, seed, low, 1));
                            AdamParameter<T> Parameter(int count) => new(Make(count, 1, -1), keepsGradients ? Make(count, 4, 0) : default, Make(count, 2, -1), Make(count, 3, 0));
                            AdamParameter<T> weight = Parameter(rows * columns), bias = Parameter(rows);
                            for (int step = 1; step <= 3; step++)
                            {
                                on.MatMulAdam(a, b, weight, bias, new AdamStep(step, 0.01, 0.9, 0.999, 1e-8, 0.1, Decoupled: false));
                            }

                            return [.. Numbers(weight), .. Numbers(bias)];
                        }
                    }
                }
            }
        }
    }

    /// <summary>A prediction, its squared error and what that passes back, again and again: the counters of groups must be as they were.</summary>
    [Theory, MemberData(nameof(Devices))]
    public void TakesTheErrorOfPredictions(string name)
    {
        foreach (Device device in Forms(name))
        {
            Check<float>(device);
            Check<double>(device);
        }

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((int rows, int columns, int depth) in ((int, int, int)[])[(1, 1, 1), (70, 1, 9), (33, 70, 5), (0, 3, 2), (4, 5, 0), (2, 18, 700), (70, 3, 700)])
            {
                T[][] expected = Errors(Device.Cpu), actual = Errors(device);
                for (int i = 0; i < expected.Length; i++)
                {
                    Arrays.AssertClose(expected[i], actual[i], Tolerance<T>(depth));
                }

                // The same bits every time.
                Assert.Equal(actual[..3], actual[3..6]);

                T[][] Errors(Device on)
                {
                    (View<T> a, View<T> b) = Factors<T>(on, [], rows, columns, depth);
                    Layout transposed = new Layout([columns, rows]).Permute([1, 0]);
                    View<T> c = on.View([columns], Arrays.Random<T>(Math.Max(1, columns), 26)), target = on.View(transposed, Arrays.Random<T>(Math.Max(1, rows * columns), 27));
                    View<T> gradient = on.View([1], T.CreateChecked(0.7));
                    List<T[]> all = [];
                    for (int i = 0; i < 3; i++)
                    {
                        View<T> y = on.View(Within([rows, columns]), new T[rows * columns + 5]), passed = on.View(Within([rows, columns]), new T[rows * columns + 5]);
                        View<T> loss = on.View(Within([]), new T[6]);
                        on.MatMulErrorCore(
                            new MatMulEpilogueCall<T, Add<T>>(a, b, c.With(c.Layout.BroadcastTo(y.Shape)), y, default),
                            new SquaredErrorGradientCall<T>(y, target, loss, T.CreateChecked(1.0 / Math.Max(1, rows * columns)), gradient, passed, new(T.CreateChecked(0.3))));
                        all.AddRange([y.Storage(), passed.Storage(), loss.Storage()]);
                    }

                    return [.. all];
                }
            }
        }
    }

    private static T[][] Numbers<T>(in AdamParameter<T> parameter)
        where T : unmanaged =>
    [
        parameter.Parameter.Storage(), parameter.FirstMoment.Storage(), parameter.SecondMoment.Storage(),
        .. parameter.Gradient.Storage is null ? (T[][])[] : [parameter.Gradient.Storage()],
    ];

    /// <summary>The device as it is, and cut like a GPU: with tiles in shared memory, and many multiprocessors that the chunks of a sum are for.</summary>
    private static IEnumerable<Device> Forms(string name)
    {
        Device device = Device.Parse(name);
        yield return device;
        if (device is GpuDevice { Profile.HasFastBarriers: false } gpu)
        {
            yield return gpu.With(gpu.Profile with { HasFastBarriers = true, ParallelGroups = 64, MostThreads = 64 });
        }
    }

    /// <summary>Random factors, the left one transposed in memory, the right one with a gap between its rows.</summary>
    private static (View<T> Left, View<T> Right) Factors<T>(Device on, Shape batches, int rows, int columns, int depth)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Layout left = new([.. batches.AsSpan(), depth, rows]), right = new([.. batches.AsSpan(), depth, columns + 1]);
        int[] transposed = batches.Rank == 0 ? [1, 0] : [0, 2, 1];
        // Such that sums of many products stay near 1.
        double size = 1 / Math.Sqrt(Math.Sqrt(Math.Max(1, depth)));
        return (
            on.View(left.Permute(transposed), Arrays.Random<T>(Math.Max(1, left.Shape.Count), 23, -size, size)),
            on.View(right.Shape.Count == 0 ? right.Slice(-1, 0, columns) : right.Slice(-1, 1, columns), Arrays.Random<T>(Math.Max(1, right.Shape.Count), 24, -size, size)));
    }

    /// <summary>A contiguous layout that begins in the middle of a storage with five elements more.</summary>
    private static Layout Within(Shape shape)
    {
        Layout line = new Layout([shape.Count + 5]).Slice(0, 3, shape.Count);
        return line.TryReshape(shape, out Layout layout) ? layout : throw new InvalidOperationException();
    }

    private static double Tolerance<T>(int depth) => (10 + Math.Sqrt(depth)) * 2 * Arrays.Tolerance<T>();
}
