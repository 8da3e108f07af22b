namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>Hyperbolic tangent: below 0.625 a polynomial, above 1 - 2 / (e²ˣ + 1); coefficients of Cephes.</summary>
    public static float Tanh(float x)
    {
        float a = Abs(x), s = a * a;
        float p = -5.70498872745e-3f;
        p = MultiplyAdd(p, s, 2.06390887954e-2f);
        p = MultiplyAdd(p, s, -5.37397155531e-2f);
        p = MultiplyAdd(p, s, 1.33314422036e-1f);
        p = MultiplyAdd(p, s, -3.33332819422e-1f);
        float small = MultiplyAdd(p * s, a, a);
        float large = 1f - 2f / (ExpCore(2f * (a > 20f ? 20f : a)) + 1f);
        return MultiplySign(a < 0.625f ? small : large, x);
    }

    /// <summary>Hyperbolic tangent.</summary>
    public static double Tanh(double x)
    {
        double a = Abs(x), s = a * a;
        double p = MultiplyAdd(MultiplyAdd(-9.64399179425052238628e-1, s, -9.92877231001918586564e1), s, -1.61468768441708447952e3);
        double q = MultiplyAdd(MultiplyAdd(s + 1.12811678491632931402e2, s, 2.23548839060100448583e3), s, 4.84406305325125486048e3);
        double small = MultiplyAdd(a * s, p / q, a);
        double large = 1.0 - 2.0 / (ExpCore(2.0 * (a > 40.0 ? 40.0 : a)) + 1.0);
        return MultiplySign(a < 0.625 ? small : large, x);
    }
}
