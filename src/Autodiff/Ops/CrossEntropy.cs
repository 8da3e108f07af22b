using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>-ln softmax(x)ₖ of each row for its class k; one pass over x, of which nothing but x itself is saved.</summary>
    /// <param name="x">[samples, classes].</param>
    /// <param name="classes">[samples, 1], checked by the caller.</param>
    /// <returns>[samples, 1].</returns>
    internal static Tensor<T> CrossEntropy<T>(Tensor<T> x, Indices classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T> constant = x.Detach();
        // (m - xₖ) + ln Σ e^(xⱼ - m), so that the loss of a class that is nearly certain is not rounded away.
        Tensor<T> found = new(RunRows(constant, 1, new Kernels.Rows.SoftmaxStatistics<T>()));
        Tensor<T> y = found.Slice(1, 0, 1) - constant.Gather(classes, 1) + found.Slice(1, 1, 1);
        return Tape.Record("CrossEntropy", y.View, new Input<T>(x, (gradient, _) => CrossEntropyGradient(gradient, x, classes)));
    }

    /// <summary>(softmax(x) - δₖ) g.</summary>
    private static Tensor<T> CrossEntropyGradient<T>(Tensor<T> gradient, Tensor<T> x, Indices classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> y = RunRows(x, gradient, x, 1, new Kernels.Rows.SoftmaxTimes<T>());
        if (y.Count > 0)
        {
            x.Device.ScatterAdd((-gradient.Detach()).View, classes.View, y, 1);
        }

        return Tape.Record("CrossEntropyGradient", y,
            new Input<T>(gradient, (h, _) => (h * x.Softmax()).Sum([1], keepAxes: true) - h.Gather(classes, 1)),
            new Input<T>(x, (h, _) => SoftmaxGradient(h * gradient, x.Softmax(), 1)));
    }
}
