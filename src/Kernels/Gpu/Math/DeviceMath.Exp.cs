namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>eˣ.</summary>
    public static float Exp(float x) => ExpCore(x);

    /// <summary>eˣ.</summary>
    public static double Exp(double x) => ExpCore(x);

    /// <summary>eˣ = 2ⁿ eʳ with |r| at most ln(2) / 2 and eʳ by its series.</summary>
    private static float ExpCore(float x)
    {
        float bounded = x > 89f ? 89f : x < -104.5f ? -104.5f : x;
        int n = Round(bounded * 1.44269504f);
        float f = n;
        float r = MultiplyAdd(f, -0.693145752f, bounded);
        r = MultiplyAdd(f, -1.42860677e-6f, r);
        float p = 1.9841270e-4f;
        p = MultiplyAdd(p, r, 1.3888889e-3f);
        p = MultiplyAdd(p, r, 8.3333333e-3f);
        p = MultiplyAdd(p, r, 4.1666667e-2f);
        p = MultiplyAdd(p, r, 1.6666667e-1f);
        p = MultiplyAdd(p, r, 0.5f);
        p = MultiplyAdd(p * r, r, r) + 1f;
        return float.IsNaN(x) ? x : Scale(p, n);
    }

    private static double ExpCore(double x)
    {
        double bounded = x > 710.0 ? 710.0 : x < -746.0 ? -746.0 : x;
        int n = Round(bounded * 1.4426950408889634);
        double f = n;
        double r = MultiplyAdd(f, -6.93147180369123816490e-01, bounded);
        r = MultiplyAdd(f, -1.90821492927058770002e-10, r);
        double p = 1.6059043836821613e-10;
        p = MultiplyAdd(p, r, 2.0876756987868099e-9);
        p = MultiplyAdd(p, r, 2.5052108385441719e-8);
        p = MultiplyAdd(p, r, 2.7557319223985891e-7);
        p = MultiplyAdd(p, r, 2.7557319223985891e-6);
        p = MultiplyAdd(p, r, 2.4801587301587302e-5);
        p = MultiplyAdd(p, r, 1.9841269841269841e-4);
        p = MultiplyAdd(p, r, 1.3888888888888889e-3);
        p = MultiplyAdd(p, r, 8.3333333333333333e-3);
        p = MultiplyAdd(p, r, 4.1666666666666667e-2);
        p = MultiplyAdd(p, r, 1.6666666666666667e-1);
        p = MultiplyAdd(p, r, 0.5);
        p = MultiplyAdd(p * r, r, r) + 1.0;
        return double.IsNaN(x) ? x : Scale(p, n);
    }
}
