using OxyPlot;

namespace Decoder.Figures;

/// <summary>Colours on a circle, for angles: the last is next to the first. Of even lightness and strong enough on white.</summary>
internal static class CyclicPalette
{
    /// <summary>The colour map in <paramref name="colors"/> steps.</summary>
    public static OxyPalette Create(int colors = 256) => new(Enumerable.Range(0, colors).Select(i => Color(i / (double)colors)));

    /// <summary>The colour at a part of the circle, from 0 to 1: a circle in Oklab (Ottosson 2020) around gray, at lightness 0.66 and chroma 0.13.</summary>
    public static OxyColor Color(double part)
    {
        var (b, a) = Math.SinCos(Math.Tau * part);
        (a, b) = (0.13 * a, 0.13 * b);
        const double Lightness = 0.66;
        var (l, m, s) = (Cube(Lightness + 0.3963377774 * a + 0.2158037573 * b), Cube(Lightness - 0.1055613458 * a - 0.0638541728 * b), Cube(Lightness - 0.0894841775 * a - 1.2914855480 * b));
        return OxyColor.FromRgb(
            Channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            Channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            Channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
    }

    private static double Cube(double x) => x * x * x;

    /// <summary>A linear channel as sRGB stores it.</summary>
    private static byte Channel(double linear)
    {
        var x = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (x <= 0.0031308 ? 12.92 * x : 1.055 * Math.Pow(x, 1 / 2.4) - 0.055));
    }
}
