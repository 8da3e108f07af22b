namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>Sine of an angle in radians, of any size.</summary>
    public static float Sin(float x)
    {
        QuarterTurns<float> turned = Reduce(x);
        float y = (turned.Count & 1) == 0 ? SinCore(turned.Rest) : CosCore(turned.Rest);
        float signed = (turned.Count & 2) == 0 ? y : -y;
        return x == 0f ? x : signed;
    }

    /// <summary>Sine of an angle in radians, of any size.</summary>
    public static double Sin(double x)
    {
        QuarterTurns<double> turned = Reduce(x);
        double y = (turned.Count & 1) == 0 ? SinCore(turned.Rest, turned.Tail) : CosCore(turned.Rest, turned.Tail);
        double signed = (turned.Count & 2) == 0 ? y : -y;
        return x == 0.0 ? x : signed;
    }

    /// <summary>Cosine of an angle in radians, of any size.</summary>
    public static float Cos(float x)
    {
        QuarterTurns<float> turned = Reduce(x);
        float y = (turned.Count & 1) == 0 ? CosCore(turned.Rest) : SinCore(turned.Rest);
        return ((turned.Count + 1) & 2) == 0 ? y : -y;
    }

    /// <summary>Cosine of an angle in radians, of any size.</summary>
    public static double Cos(double x)
    {
        QuarterTurns<double> turned = Reduce(x);
        double y = (turned.Count & 1) == 0 ? CosCore(turned.Rest, turned.Tail) : SinCore(turned.Rest, turned.Tail);
        return ((turned.Count + 1) & 2) == 0 ? y : -y;
    }

    /// <summary>The sine within an eighth of a turn; coefficients of Cephes.</summary>
    private static float SinCore(float r)
    {
        float z = r * r;
        float p = MultiplyAdd(MultiplyAdd(-1.9515295891e-4f, z, 8.3321608736e-3f), z, -1.6666654611e-1f);
        return MultiplyAdd(p * z, r, r);
    }

    private static float CosCore(float r)
    {
        float z = r * r;
        float p = MultiplyAdd(MultiplyAdd(2.443315711809948e-5f, z, -1.388731625493765e-3f), z, 4.166664568298827e-2f);
        return MultiplyAdd(p * z, z, MultiplyAdd(-0.5f, z, 1f));
    }

    /// <summary>The sine of r + tail within an eighth of a turn; fdlibm's k_sin.c.</summary>
    private static double SinCore(double r, double tail)
    {
        double z = r * r, v = z * r;
        double p = 1.58969099521155010221e-10;
        p = MultiplyAdd(p, z, -2.50507602534068634195e-08);
        p = MultiplyAdd(p, z, 2.75573137070700676789e-06);
        p = MultiplyAdd(p, z, -1.98412698298579493134e-04);
        p = MultiplyAdd(p, z, 8.33333333332248946124e-03);
        return r - ((z * (0.5 * tail - v * p) - tail) - v * -1.66666666666666324348e-01);
    }

    /// <summary>The cosine of r + tail within an eighth of a turn; fdlibm's k_cos.c.</summary>
    private static double CosCore(double r, double tail)
    {
        double z = r * r;
        double p = -1.13596475577881948265e-11;
        p = MultiplyAdd(p, z, 2.08757232129817482790e-09);
        p = MultiplyAdd(p, z, -2.75573143513906633035e-07);
        p = MultiplyAdd(p, z, 2.48015872894767294178e-05);
        p = MultiplyAdd(p, z, -1.38888888888741095749e-03);
        p = MultiplyAdd(p, z, 4.16666666666666019037e-02) * z;
        double half = 0.5 * z, w = 1.0 - half;
        return w + (((1.0 - w) - half) + (z * p - r * tail));
    }
}
