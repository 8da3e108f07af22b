using Autodiff.Kernels;

namespace Benchmarks.Kernels;

/// <summary>Views in the CPU's memory, filled with uniform numbers.</summary>
internal static class CpuViews
{
    /// <summary>A contiguous view of numbers in [0, 1).</summary>
    public static View<float> Uniform(params int[] shape)
    {
        var storage = new Storage<float>(Device.Cpu, shape.Aggregate(1, (product, length) => product * length));
        var view = new View<float>(storage, new Layout(new Shape(shape)));
        Device.Cpu.RandomUniform(view, seed: 1, offset: 0);
        return view;
    }

    /// <summary>The same numbers with the last two axes swapped.</summary>
    public static View<float> Transposed(this View<float> view) => view.With(view.Layout.Permute([1, 0]));

    /// <summary>The same numbers, repeated.</summary>
    public static View<float> Repeated(this View<float> view, params int[] shape) => view.With(view.Layout.BroadcastTo(new Shape(shape)));
}
