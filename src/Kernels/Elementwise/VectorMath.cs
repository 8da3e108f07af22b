using System.Numerics;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>Elementary functions of SIMD vectors.</summary>
internal static class VectorMath
{
    public static Vector256<T> Exp<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, T.Exp);

    public static Vector256<T> Log<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, T.Log);

    public static Vector256<T> Sin<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, T.Sin);

    public static Vector256<T> Cos<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, T.Cos);

    public static Vector256<T> Tanh<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, T.Tanh);

    public static Vector256<T> Log1p<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, Scalar.Log1p);

    public static Vector256<T> Expm1<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, Scalar.Expm1);

    public static Vector256<T> Erf<T>(Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, Scalar.Erf);

    public static Vector256<T> Pow<T>(Vector256<T> x, Vector256<T> y) where T : unmanaged, IFloatingPointIeee754<T> => Each(x, y, T.Pow);

    public static Vector256<T> Atan2<T>(Vector256<T> y, Vector256<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Each(y, x, T.Atan2);

    private static Vector256<T> Each<T>(Vector256<T> x, Func<T, T> f)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> y = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
            y = y.WithElement(lane, f(x[lane]));
        return y;
    }

    private static Vector256<T> Each<T>(Vector256<T> x, Vector256<T> y, Func<T, T, T> f)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector256<T> z = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
            z = z.WithElement(lane, f(x[lane], y[lane]));
        return z;
    }
}
