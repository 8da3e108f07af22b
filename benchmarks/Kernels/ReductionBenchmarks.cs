using Autodiff.Kernels;
using Autodiff.Kernels.Reductions;
using BenchmarkDotNet.Attributes;

namespace Benchmarks.Kernels;

/// <summary>Sums over all elements, along rows and down columns.</summary>
public class ReductionBenchmarks
{
    private View<float> _x, _all, _rows, _columns;

    /// <summary>Threads of the kernels.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Rows and columns.</summary>
    [Params("32x100", "360x100", "4096x1024")]
    public string Size { get; set; } = "";

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Device.CpuThreads = Threads;
        var sizes = Array.ConvertAll(Size.Split('x'), int.Parse);
        _x = CpuViews.Uniform(sizes);
        (_all, _rows, _columns) = (CpuViews.Uniform(1, 1), CpuViews.Uniform(sizes[0], 1), CpuViews.Uniform(1, sizes[1]));
    }

    /// <summary>The sum of all elements.</summary>
    [Benchmark]
    public void Sum() => Device.Cpu.Reduce(_x, _all, new Sum<float>(1));

    /// <summary>The sum of each row.</summary>
    [Benchmark]
    public void RowSums() => Device.Cpu.Reduce(_x, _rows, new Sum<float>(1));

    /// <summary>The sum of each column.</summary>
    [Benchmark]
    public void ColumnSums() => Device.Cpu.Reduce(_x, _columns, new Sum<float>(1));
}
