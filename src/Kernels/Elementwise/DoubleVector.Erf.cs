using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <content>The error function, by the rational functions of fdlibm's s_erf.c.</content>
internal static partial class DoubleVector
{
    /// <summary>erf x: of four formulas those that some lane needs.</summary>
    public static Vector256<double> Erf(Vector256<double> x)
    {
        Vector256<double> a = Vector256.Abs(x), isMiddle = Vector256.GreaterThanOrEqual(a, Vector256.Create(0.84375));
        Vector256<double> isOuter = Vector256.GreaterThanOrEqual(a, Vector256.Create(1.25)), y = SmallErf(a);
        if (isMiddle != Vector256<double>.Zero)
        {
            y = Vector256.ConditionalSelect(isMiddle, MiddleErf(a), y);
        }

        if (isOuter != Vector256<double>.Zero)
        {
            y = Vector256.ConditionalSelect(isOuter, OuterErf(a), y);
        }

        return Vector256.CopySign(y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> SmallErf(Vector256<double> a)
    {
        Vector256<double> z = a * a;
        var r = Vector256.Create(-2.37630166566501626084e-05);
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(-5.77027029648944159157e-03));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(-2.84817495755985104766e-02));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(-3.25042107247001499370e-01));
        r = Vector256.FusedMultiplyAdd(r, z, Vector256.Create(1.28379167095512558561e-01));
        var s = Vector256.Create(-3.96022827877536812320e-06);
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(1.32494738004321644526e-04));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(5.08130628187576562776e-03));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(6.50222499887672944485e-02));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(3.97917223959155352819e-01));
        s = Vector256.FusedMultiplyAdd(s, z, Vector256.Create(1.0));
        return Vector256.FusedMultiplyAdd(a, r / s, a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> MiddleErf(Vector256<double> a)
    {
        Vector256<double> s = a - Vector256<double>.One;
        var p = Vector256.Create(-2.16637559486879084300e-03);
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(3.54783043256182359371e-02));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(-1.10894694282396677476e-01));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(3.18346619901161753674e-01));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(-3.72207876035701323847e-01));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(4.14856118683748331666e-01));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(-2.36211856075265944077e-03));
        var q = Vector256.Create(1.19844998467991074170e-02);
        q = Vector256.FusedMultiplyAdd(q, s, Vector256.Create(1.36370839120290507362e-02));
        q = Vector256.FusedMultiplyAdd(q, s, Vector256.Create(1.26171219808761642112e-01));
        q = Vector256.FusedMultiplyAdd(q, s, Vector256.Create(7.18286544141962662868e-02));
        q = Vector256.FusedMultiplyAdd(q, s, Vector256.Create(5.40397917702171048937e-01));
        q = Vector256.FusedMultiplyAdd(q, s, Vector256.Create(1.06420880400844228286e-01));
        q = Vector256.FusedMultiplyAdd(q, s, Vector256.Create(1.0));
        return Vector256.Create(8.45062911510467529297e-01) + p / q;
    }

    /// <summary>1 - e^(-a² - 0.5625 + f(a)) / a; from 6 on it is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> OuterErf(Vector256<double> a)
    {
        a = Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create(6.0)), a, Vector256.Create(6.0));
        Vector256<double> s = Vector256<double>.One / (a * a);
        Vector256<double> isNear = Vector256.LessThan(a, Vector256.Create(1 / 0.35)), f = NearErfcExponent(s);
        if (isNear.ExtractMostSignificantBits() != 0xF)
        {
            f = Vector256.ConditionalSelect(isNear, f, FarErfcExponent(s));
        }
        // The square of the upper half of a is exact; what it lacks of a² joins the small term.
        Vector256<double> upper = (a.AsInt64() & Vector256.Create(unchecked((long)0xFFFFFFFF00000000))).AsDouble();
        Vector256<double> first = Vector256.FusedMultiplyAdd(-upper, upper, Vector256.Create(-0.5625));
        Vector256<double> complement = Exp(first) * Exp(Vector256.FusedMultiplyAdd(upper - a, upper + a, f)) / a;
        return Vector256<double>.One - complement;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> NearErfcExponent(Vector256<double> s)
    {
        var r = Vector256.Create(-9.81432934416914548592e+00);
        r = Vector256.FusedMultiplyAdd(r, s, Vector256.Create(-8.12874355063065934246e+01));
        r = Vector256.FusedMultiplyAdd(r, s, Vector256.Create(-1.84605092906711035994e+02));
        r = Vector256.FusedMultiplyAdd(r, s, Vector256.Create(-1.62396669462573470355e+02));
        r = Vector256.FusedMultiplyAdd(r, s, Vector256.Create(-6.23753324503260060396e+01));
        r = Vector256.FusedMultiplyAdd(r, s, Vector256.Create(-1.05586262253232909814e+01));
        r = Vector256.FusedMultiplyAdd(r, s, Vector256.Create(-6.93858572707181764372e-01));
        r = Vector256.FusedMultiplyAdd(r, s, Vector256.Create(-9.86494403484714822705e-03));
        var t = Vector256.Create(-6.04244152148580987438e-02);
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(6.57024977031928170135e+00));
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(1.08635005541779435134e+02));
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(4.29008140027567833386e+02));
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(6.45387271733267880336e+02));
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(4.34565877475229228821e+02));
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(1.37657754143519042600e+02));
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(1.96512716674392571292e+01));
        t = Vector256.FusedMultiplyAdd(t, s, Vector256.Create(1.0));
        return r / t;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FarErfcExponent(Vector256<double> s)
    {
        var u = Vector256.Create(-4.83519191608651397019e+02);
        u = Vector256.FusedMultiplyAdd(u, s, Vector256.Create(-1.02509513161107724954e+03));
        u = Vector256.FusedMultiplyAdd(u, s, Vector256.Create(-6.37566443368389627722e+02));
        u = Vector256.FusedMultiplyAdd(u, s, Vector256.Create(-1.60636384855821916062e+02));
        u = Vector256.FusedMultiplyAdd(u, s, Vector256.Create(-1.77579549177547519889e+01));
        u = Vector256.FusedMultiplyAdd(u, s, Vector256.Create(-7.99283237680523006574e-01));
        u = Vector256.FusedMultiplyAdd(u, s, Vector256.Create(-9.86494292470009928597e-03));
        var v = Vector256.Create(-2.24409524465858183362e+01);
        v = Vector256.FusedMultiplyAdd(v, s, Vector256.Create(4.74528541206955367215e+02));
        v = Vector256.FusedMultiplyAdd(v, s, Vector256.Create(2.55305040643316442583e+03));
        v = Vector256.FusedMultiplyAdd(v, s, Vector256.Create(3.19985821950859553908e+03));
        v = Vector256.FusedMultiplyAdd(v, s, Vector256.Create(1.53672958608443695994e+03));
        v = Vector256.FusedMultiplyAdd(v, s, Vector256.Create(3.25792512996573918826e+02));
        v = Vector256.FusedMultiplyAdd(v, s, Vector256.Create(3.03380607434824582924e+01));
        v = Vector256.FusedMultiplyAdd(v, s, Vector256.Create(1.0));
        return u / v;
    }
}
