using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void ConvolveCore<T>(View<T> x, View<T> weight, View<T>? bias, View<T> y, SlidingWindow rows, SlidingWindow columns)
    {
        if (y.Count == 0)
        {
            return;
        }

        T* shift = bias is { } view ? First(view) : null;
        if (Vector512.IsHardwareAccelerated)
        {
            ConvolutionRunner<T, Kernel512<T>, WindowKernel<T, Vector512<T>, Simd512<T>>>.Forward(First(x), x.Shape, First(weight), weight.Shape, shift, First(y), rows, columns, Pool);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            ConvolutionRunner<T, Kernel256<T>, WindowKernel<T, Vector256<T>, Simd256<T>>>.Forward(First(x), x.Shape, First(weight), weight.Shape, shift, First(y), rows, columns, Pool);
        }
        else
        {
            ConvolutionRunner<T, Kernel128<T>, WindowKernel<T, Vector128<T>, Simd128<T>>>.Forward(First(x), x.Shape, First(weight), weight.Shape, shift, First(y), rows, columns, Pool);
        }

        KeepAlive(x.Storage, weight.Storage, bias?.Storage, y.Storage);
    }

    internal override void ConvolveGradientCore<T>(View<T> gradient, View<T> weight, View<T> x, SlidingWindow rows, SlidingWindow columns)
    {
        if (x.Count == 0)
        {
            return;
        }

        if (Vector512.IsHardwareAccelerated)
        {
            ConvolutionRunner<T, Kernel512<T>, WindowKernel<T, Vector512<T>, Simd512<T>>>.InputGradient(First(gradient), gradient.Shape, First(weight), weight.Shape, First(x), x.Shape, rows, columns, Pool);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            ConvolutionRunner<T, Kernel256<T>, WindowKernel<T, Vector256<T>, Simd256<T>>>.InputGradient(First(gradient), gradient.Shape, First(weight), weight.Shape, First(x), x.Shape, rows, columns, Pool);
        }
        else
        {
            ConvolutionRunner<T, Kernel128<T>, WindowKernel<T, Vector128<T>, Simd128<T>>>.InputGradient(First(gradient), gradient.Shape, First(weight), weight.Shape, First(x), x.Shape, rows, columns, Pool);
        }

        KeepAlive(gradient.Storage, weight.Storage, x.Storage);
    }

    internal override void ConvolveWeightGradientCore<T>(View<T> x, View<T> gradient, View<T> weight, SlidingWindow rows, SlidingWindow columns)
    {
        if (x.Count == 0)
        {
            Fill(weight, T.Zero);
            return;
        }
        if (Vector512.IsHardwareAccelerated)
        {
            ConvolutionRunner<T, Kernel512<T>, WindowKernel<T, Vector512<T>, Simd512<T>>>.WeightGradient(First(x), x.Shape, First(gradient), gradient.Shape, First(weight), rows, columns, Pool);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            ConvolutionRunner<T, Kernel256<T>, WindowKernel<T, Vector256<T>, Simd256<T>>>.WeightGradient(First(x), x.Shape, First(gradient), gradient.Shape, First(weight), rows, columns, Pool);
        }
        else
        {
            ConvolutionRunner<T, Kernel128<T>, WindowKernel<T, Vector128<T>, Simd128<T>>>.WeightGradient(First(x), x.Shape, First(gradient), gradient.Shape, First(weight), rows, columns, Pool);
        }

        KeepAlive(x.Storage, gradient.Storage, weight.Storage);
    }

    private static T* First<T>(View<T> view)
        where T : unmanaged => Pointer(view.Storage) + view.Layout.Offset;
}
