using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Elementary functions of SIMD vectors: own ones; the platform's, lane by lane, of doubles' powers and angles.
/// </summary>
/// <remarks>The platform's vector functions are not used: <see cref="Vector256.Exp(Vector256{float})"/> is 1.0000001 at 0.</remarks>
internal static class VectorMath
{
    private interface IFunction
    {
        static abstract double Invoke(double x, double y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Exp<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Exp(x.AsSingle()).As<float, T>() : DoubleVector.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Exp<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Exp(x.AsSingle()).As<float, T>() : Vector512.Create(Exp(x.GetLower()), Exp(x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Log<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Log(x.AsSingle()).As<float, T>() : DoubleVector.Log(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sigmoid<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Sigmoid(x.AsSingle()).As<float, T>() : DoubleVector.Sigmoid(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid<T>(Vector512<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Sigmoid(x.AsSingle()).As<float, T>() : Vector512.Create(Sigmoid(x.GetLower()), Sigmoid(x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Tanh<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Tanh(x.AsSingle()).As<float, T>() : DoubleVector.Tanh(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Sin<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Sin(x.AsSingle()).As<float, T>() : DoubleVector.Sin(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Cos<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Cos(x.AsSingle()).As<float, T>() : DoubleVector.Cos(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Log1p<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Log1p(x.AsSingle()).As<float, T>() : DoubleVector.Log1p(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Expm1<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Expm1(x.AsSingle()).As<float, T>() : DoubleVector.Expm1(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Erf<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Erf(x.AsSingle()).As<float, T>() : DoubleVector.Erf(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Pow<T>(Vector256<T> x, Vector256<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Pow(x.AsSingle(), y.AsSingle()).As<float, T>() : Each<T, PowFunction>(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Atan2<T>(Vector256<T> y, Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? SingleVector.Atan2(y.AsSingle(), x.AsSingle()).As<float, T>() : Each<T, Atan2Function>(y, x);

    /// <summary>ln I₀, lane by lane: it stands behind losses of one number per row, where speed does not count.</summary>
    public static Vector256<T> LogBesselI0<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            x = x.WithElement(lane, Bessel.LogI0(x[lane]));
        }

        return x;
    }

    /// <summary>I₁ / I₀, lane by lane.</summary>
    public static Vector256<T> BesselRatio<T>(Vector256<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
        {
            x = x.WithElement(lane, Bessel.Ratio(x[lane]));
        }

        return x;
    }

    private static Vector256<T> Each<T, TFunction>(Vector256<T> x, Vector256<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TFunction : struct, IFunction
    {
        Vector256<double> a = x.AsDouble(), b = y.AsDouble();
        return Vector256.Create(
            TFunction.Invoke(a[0], b[0]),
            TFunction.Invoke(a[1], b[1]),
            TFunction.Invoke(a[2], b[2]),
            TFunction.Invoke(a[3], b[3])).As<double, T>();
    }

    private readonly struct PowFunction : IFunction
    {
        public static double Invoke(double x, double y) => Math.Pow(x, y);
    }

    private readonly struct Atan2Function : IFunction
    {
        public static double Invoke(double y, double x) => Math.Atan2(y, x);
    }
}
