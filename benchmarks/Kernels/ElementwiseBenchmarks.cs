using Autodiff.Kernels;
using Autodiff.Kernels.Elementwise;
using BenchmarkDotNet.Attributes;

namespace Benchmarks.Kernels;

/// <summary>Elementwise loops over contiguous, broadcast and transposed operands.</summary>
public class ElementwiseBenchmarks
{
    private View<float> _x, _z, _y, _row, _column;

    /// <summary>Threads of the kernels.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Rows and columns of the square operands.</summary>
    [Params(32, 2048)]
    public int Size { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Device.CpuThreads = Threads;
        (_x, _z, _y) = (CpuViews.Uniform(Size, Size), CpuViews.Uniform(Size, Size), CpuViews.Uniform(Size, Size));
        _row = CpuViews.Uniform(Size).Repeated(Size, Size);
        _column = CpuViews.Uniform(Size, 1).Repeated(Size, Size);
    }

    /// <summary>y = e^x.</summary>
    [Benchmark]
    public void Exp() => Device.Cpu.Map(_x, _y, new Exp<float>());

    /// <summary>y = tanh x.</summary>
    [Benchmark]
    public void Tanh() => Device.Cpu.Map(_x, _y, new Tanh<float>());

    /// <summary>y = x + z.</summary>
    [Benchmark]
    public void Add() => Device.Cpu.Zip(_x, _z, _y, new Add<float>());

    /// <summary>y = x + row.</summary>
    [Benchmark]
    public void AddRow() => Device.Cpu.Zip(_x, _row, _y, new Add<float>());

    /// <summary>y = x + column.</summary>
    [Benchmark]
    public void AddColumn() => Device.Cpu.Zip(_x, _column, _y, new Add<float>());

    /// <summary>y = x + zᵀ.</summary>
    [Benchmark]
    public void AddTransposed() => Device.Cpu.Zip(_x, _z.Transposed(), _y, new Add<float>());

    /// <summary>y = xᵀ.</summary>
    [Benchmark]
    public void CopyTransposed() => Device.Cpu.Copy(_x.Transposed(), _y);
}
