using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

public class MatMulTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void MultipliesOddShapesInEveryLayout(string name)
    {
        Check<float>(Device.Parse(name));
        Check<double>(Device.Parse(name));

        static void Check<T>(Device device)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            foreach ((int m, int n, int k) in ((int, int, int)[])[(1, 1, 1), (3, 2, 5), (5, 17, 33), (17, 16, 4), (4, 31, 1), (1, 40, 9), (40, 1, 9), (6, 20, 0), (0, 3, 2), (3, 0, 2), (2, 18, 4000)])
            {
                foreach (Layout a in Forms(m, k))
                {
                    foreach (Layout b in Forms(k, n))
                    {
                        Same(device.MatMul, a, b, m, n, k);
                    }
                }
            }

            void Same(Action<View<T>, View<T>, View<T>> multiply, Layout a, Layout b, int m, int n, int k)
            {
                T[] left = Arrays.Random<T>(2 * m * k + 40, 10), right = Arrays.Random<T>(2 * k * n + 40, 11);
                View<T> expected = Device.Cpu.View([m, n], new T[Math.Max(1, m * n)]), actual = device.View([m, n], new T[Math.Max(1, m * n)]);
                Device.Cpu.MatMul(Device.Cpu.View(a, left), Device.Cpu.View(b, right), expected);
                multiply(device.View(a, left), device.View(b, right), actual);
                Arrays.AssertClose(expected.Storage(), actual.Storage(), (10 + Math.Sqrt(k)) * 4 * Arrays.Tolerance<T>());
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void MultipliesByTilesInEveryTiling(string name)
    {
        // What a GPU runs, also where the device would choose otherwise.
        if (Device.Parse(name) is not GpuDevice device)
        {
            return;
        }

        Check<float>();
        Check<double>();

        void Check<T>()
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            // The emulator has too few threads for the larger tiles, and a CPU's OpenCL compiler takes seconds for each.
            foreach (GemmTile<T> tile in GemmTiles<T>.All.Where(tile => device.Profile.HasFastBarriers || tile.Threads <= (device.Kind == DeviceKind.Emulator || typeof(T) == typeof(double) ? 64 : 256)))
            {
                foreach ((int m, int n, int k, int chunk) in ((int, int, int, int)[])[(1, 1, 1, 8), (70, 67, 21, 24), (64, 128, 24, 8), (132, 108, 20, 8)])
                {
                    Layout[] lefts = [.. Forms(m, k)], rights = [.. Forms(k, n)];
                    for (int i = 0; i < lefts.Length; i++)
                    {
                        for (int j = 0; j < rights.Length; j++)
                        {
                            // All pairs on a GPU and for the smallest tile, else each form once.
                            if (i != j && !device.Profile.HasFastBarriers && tile.Threads > 64)
                            {
                                continue;
                            }

                            (Layout a, Layout b) = (lefts[i], rights[j]);
                            T[] left = Arrays.Random<T>(2 * m * k + 40, 12), right = Arrays.Random<T>(2 * k * n + 40, 13);
                            View<T> expected = Device.Cpu.View([m, n], new T[m * n]), actual = device.View([m, n], new T[m * n]);
                            Device.Cpu.MatMul(Device.Cpu.View(a, left), Device.Cpu.View(b, right), expected);
                            GemmTiling<T> tiling = new(tile, Tiles.DivideUp(k, chunk), chunk);
                            device.MultiplyByTiles(device.View(a, left), device.View(b, right), actual, actual, default(StoreProduct<T>), tiling);
                            T[] byLaunch = actual.Storage();
                            Arrays.AssertClose(expected.Storage(), byLaunch, 40 * Arrays.Tolerance<T>());
                            if (tiling.Chunks > 1)
                            {
                                // The same order of the same sums, whoever makes them and however often.
                                for (int time = 0; time < 3; time++)
                                {
                                    actual = device.View([m, n], new T[m * n]);
                                    device.MultiplyByTiles(
                                        device.View(a, left), device.View(b, right), actual, actual, default(StoreProduct<T>), tiling with { IsJoinedByLast = true });
                                    Assert.Equal(byLaunch, actual.Storage());
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void MultipliesBatchesWithBroadcastAxes(string name)
    {
        Device device = Device.Parse(name);
        float[] left = Arrays.Random<float>(2 * 3 * 4 * 5, 14), right = Arrays.Random<float>(3 * 5 * 18, 15);
        Layout a = new([2, 3, 4, 5]), b = new Layout([3, 5, 18]).BroadcastTo([2, 3, 5, 18]);
        float[] expected = Run(Device.Cpu, Device.Cpu.MatMul);
        Arrays.AssertClose(expected, Run(device, device.MatMul), 1e-5);
        if (device is GpuDevice gpu)
        {
            Arrays.AssertClose(expected, Run(device, (x, y, z) => gpu.MultiplyByTiles(x, y, z, z, default(StoreProduct<float>), new GemmTiling<float>(GemmTiles<float>.All[^1], 1, 8))), 1e-5);
        }

        float[] Run(Device on, Action<View<float>, View<float>, View<float>> multiply)
        {
            View<float> y = on.View([2, 3, 4, 18], new float[2 * 3 * 4 * 18]);
            multiply(on.View(a, left), on.View(b, right), y);
            return y.Storage();
        }
    }

    [Theory]
    [InlineData(360, 100, 23589)]
    [InlineData(23589, 100, 360)]
    [InlineData(1, 1, 1)]
    [InlineData(4096, 4096, 4096)]
    [InlineData(100, 1, 360)]
    [InlineData(int.MaxValue / 4, 1, 1)]
    public void TilingsCoverTheSum(int rows, int columns, int depth)
    {
        GemmTiling<float> tiling = GemmTiling<float>.For(LaunchProfile.Gpu(132), GemmTiles<float>.All, rows, columns, depth, 1);
        Assert.True(tiling.Chunk % 8 == 0 && (long)tiling.Chunk * tiling.Chunks >= depth && (long)tiling.Chunk * (tiling.Chunks - 1) < depth, tiling.ToString());
        Assert.True((long)rows * columns * tiling.Chunks <= int.MaxValue || tiling.Chunks == 1, tiling.ToString());
        if ((rows, columns, depth) == (360, 100, 23589))
        {
            Assert.True(tiling is { Tile.Width: 104, Chunks: > 40 }, tiling.ToString());
        }
    }

    /// <summary>A matrix in row-major, column-major, padded and doubly strided form.</summary>
    private static IEnumerable<Layout> Forms(int rows, int columns)
    {
        yield return new Layout([rows, columns]);
        yield return new Layout([columns, rows]).Permute([1, 0]);
        if (rows > 0 && columns > 0)
        {
            yield return new Layout([rows, columns + 1]).Slice(1, 1, columns);
            yield return new Layout([2 * columns, rows]).Slice(0, 0, columns, 2).Permute([1, 0]);
        }
    }
}
