using ILGPU;

namespace Autodiff.Kernels;

internal static partial class DeviceMath
{
    /// <summary>The angle of the point (x, y), in (-π, π]: the arc tangent of the smaller coordinate over the larger, turned into place. Coefficients of FreeBSD's s_atanf.c.</summary>
    public static float Atan2(float y, float x)
    {
        float a = Abs(y), b = Abs(x);
        if (float.IsNaN(a) || float.IsNaN(b))
        {
            return float.NaN;
        }

        bool isSteep = a > b;
        float small = isSteep ? b : a, large = isSteep ? a : b;
        if (large == float.PositiveInfinity)
        {
            small = small == float.PositiveInfinity ? 1f : 0f;
            large = 1f;
        }
        // Sums of the coordinates must neither overflow nor lose bits to subnormals.
        float scale = large > 1e37f ? 0.0009765625f : large < 1e-30f ? 1.2089258e24f : 1f;
        small *= scale;
        large = large == 0f ? 1f : large * scale;
        bool isLow = small < 0.4375f * large, isMiddle = small < 0.6875f * large;
        float t = isLow ? small / large : isMiddle ? (small + small - large) / (large + large + small) : (small - large) / (small + large);
        float high = isLow ? 0f : isMiddle ? 0.46364760399f : 0.78539812565f, low = isLow ? 0f : isMiddle ? 5.0121582440e-09f : 3.7748947079e-08f;
        float z = t * t;
        float p = 6.1687607318e-02f;
        p = MultiplyAdd(p, z, -1.0648017377e-01f);
        p = MultiplyAdd(p, z, 1.4253635705e-01f);
        p = MultiplyAdd(p, z, -1.9999158382e-01f);
        p = MultiplyAdd(p, z, 3.3333328366e-01f) * z;
        float angle = high - ((t * p - low) - t);
        if (isSteep)
        {
            angle = 1.57079637f - (angle + 4.37113883e-8f);
        }

        if (Interop.FloatAsInt(x) >> 31 != 0)
        {
            angle = 3.14159274f - (angle + 8.74227766e-8f);
        }

        return MultiplySign(angle, y);
    }

    /// <summary>The angle of the point (x, y), in (-π, π]; coefficients of fdlibm's s_atan.c.</summary>
    public static double Atan2(double y, double x)
    {
        double a = Abs(y), b = Abs(x);
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return double.NaN;
        }

        bool isSteep = a > b;
        double small = isSteep ? b : a, large = isSteep ? a : b;
        if (large == double.PositiveInfinity)
        {
            small = small == double.PositiveInfinity ? 1.0 : 0.0;
            large = 1.0;
        }
        double scale = large > 1e300 ? 0.0009765625 : large < 1e-280 ? 1.2676506002282294e30 : 1.0;
        small *= scale;
        large = large == 0.0 ? 1.0 : large * scale;
        bool isLow = small < 0.4375 * large, isMiddle = small < 0.6875 * large;
        double t = isLow ? small / large : isMiddle ? (small + small - large) / (large + large + small) : (small - large) / (small + large);
        double high = isLow ? 0.0 : isMiddle ? 4.63647609000806093515e-01 : 7.85398163397448278999e-01;
        double low = isLow ? 0.0 : isMiddle ? 2.26987774529616870924e-17 : 3.06161699786838301793e-17;
        double z = t * t;
        double p = 1.62858201153657823623e-02;
        p = MultiplyAdd(p, z, -3.65315727442169155270e-02);
        p = MultiplyAdd(p, z, 4.97687799461593236017e-02);
        p = MultiplyAdd(p, z, -5.83357013379057348645e-02);
        p = MultiplyAdd(p, z, 6.66107313738753120669e-02);
        p = MultiplyAdd(p, z, -7.69187620504482999495e-02);
        p = MultiplyAdd(p, z, 9.09088713343650656196e-02);
        p = MultiplyAdd(p, z, -1.11111104054623557880e-01);
        p = MultiplyAdd(p, z, 1.42857142725034663711e-01);
        p = MultiplyAdd(p, z, -1.99999999998764832476e-01);
        p = MultiplyAdd(p, z, 3.33333333333329318027e-01) * z;
        double angle = high - ((t * p - low) - t);
        if (isSteep)
        {
            angle = 1.5707963267948966 - (angle - 6.123233995736766e-17);
        }

        if (Interop.FloatAsInt(x) >> 63 != 0)
        {
            angle = 3.1415926535897931 - (angle - 1.2246467991473532e-16);
        }

        return MultiplySign(angle, y);
    }
}
