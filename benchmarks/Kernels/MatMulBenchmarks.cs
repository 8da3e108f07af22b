using Autodiff.Kernels;
using BenchmarkDotNet.Attributes;

namespace Benchmarks.Kernels;

/// <summary>Matrix products, one shape for each way to multiply.</summary>
public class MatMulBenchmarks
{
    private View<float> _a, _b, _y;

    /// <summary>Threads of the kernels.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>m, k, n, and whether each operand is a transposed view.</summary>
    [Params("360x23589x100 NT", "100x360x23589 TN", "512x512x512 NN", "128x128x128 NN", "32x784x100 NT", "8x100x784 NT", "3x219x661 NN", "32x100x1 NT")]
    public string Product { get; set; } = "";

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Device.CpuThreads = Threads;
        var parts = Product.Split(' ');
        var sizes = Array.ConvertAll(parts[0].Split('x'), int.Parse);
        var (m, k, n) = (sizes[0], sizes[1], sizes[2]);
        _a = parts[1][0] == 'T' ? CpuViews.Uniform(k, m).Transposed() : CpuViews.Uniform(m, k);
        _b = parts[1][1] == 'T' ? CpuViews.Uniform(n, k).Transposed() : CpuViews.Uniform(k, n);
        _y = CpuViews.Uniform(m, n);
    }

    /// <summary>y = a b.</summary>
    [Benchmark]
    public void MatMul() => Device.Cpu.MatMul(_a, _b, _y);
}
