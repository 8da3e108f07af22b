using ILGPU;

namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>ln x = k ln 2 + ln(1 + f), the latter as a series of f / (2 + f): the method of FreeBSD's e_logf.c.</summary>
    public static float Log(float x)
    {
        bool isSubnormal = x < 1.17549435e-38f;
        float scaled = isSubnormal ? x * 33554432f : x;
        uint bits = Interop.FloatAsInt(scaled) + (0x3f800000u - 0x3f3504f3u);
        int k = (int)(bits >> 23) - 127 - (isSubnormal ? 25 : 0);
        float f = Interop.IntAsFloat((bits & 0x007fffffu) + 0x3f3504f3u) - 1f;
        float s = f / (2f + f), z = s * s;
        float series = 0.24279078841f;
        series = MultiplyAdd(series, z, 0.28498786688f);
        series = MultiplyAdd(series, z, 0.40000972152f);
        series = MultiplyAdd(series, z, 0.66666662693f) * z;
        float half = 0.5f * f * f, n = k;
        float y = MultiplyAdd(n, 6.9313812256e-01f, f - (half - MultiplyAdd(s, half + series, n * 9.0580006145e-06f)));
        return x < 0f ? float.NaN : x == 0f ? float.NegativeInfinity : x < float.PositiveInfinity ? y : x;
    }

    /// <summary>ln x; the method of fdlibm's e_log.c.</summary>
    public static double Log(double x)
    {
        bool isSubnormal = x < 2.2250738585072014e-308;
        double scaled = isSubnormal ? x * 18014398509481984.0 : x;
        ulong bits = Interop.FloatAsInt(scaled) + (0x3ff0000000000000UL - 0x3fe6a09e00000000UL);
        int k = (int)(bits >> 52) - 1023 - (isSubnormal ? 54 : 0);
        double f = Interop.IntAsFloat((bits & 0x000fffffffffffffUL) + 0x3fe6a09e00000000UL) - 1.0;
        double s = f / (2.0 + f), z = s * s;
        double series = 1.479819860511658591e-01;
        series = MultiplyAdd(series, z, 1.531383769920937332e-01);
        series = MultiplyAdd(series, z, 1.818357216161805012e-01);
        series = MultiplyAdd(series, z, 2.222219843214978396e-01);
        series = MultiplyAdd(series, z, 2.857142874366239149e-01);
        series = MultiplyAdd(series, z, 3.999999999940941908e-01);
        series = MultiplyAdd(series, z, 6.666666666666735130e-01) * z;
        double half = 0.5 * f * f, n = k;
        double y = MultiplyAdd(n, 6.93147180369123816490e-01, f - (half - MultiplyAdd(s, half + series, n * 1.90821492927058770002e-10)));
        return x < 0.0 ? double.NaN : x == 0.0 ? double.NegativeInfinity : x < double.PositiveInfinity ? y : x;
    }
}
