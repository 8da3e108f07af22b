using OxyPlot;

namespace Decoder.Figures;

/// <summary>
/// The 'pink' colour map of MATLAB and Matplotlib, sqrt((2 gray + hot) / 3): from black through rose and sand to white.
/// </summary>
internal static class PinkPalette
{
    /// <summary>The colour map in <paramref name="colors"/> steps.</summary>
    public static OxyPalette Create(int colors = 256) =>
        new(Enumerable.Range(0, colors).Select(i => Color(i / (double)(colors - 1))));

    /// <summary>The colour at <paramref name="x"/> in [0, 1].</summary>
    public static OxyColor Color(double x)
    {
        // 'hot' raises red over the first 3/8, green over the next and blue over the last quarter.
        var (red, green, blue) = (x / 0.375, (x - 0.375) / 0.375, (x - 0.75) / 0.25);
        return OxyColor.FromRgb(Mix(x, red), Mix(x, green), Mix(x, blue));
    }

    private static byte Mix(double gray, double hot) =>
        (byte)Math.Round(255 * Math.Sqrt((2 * gray + Math.Clamp(hot, 0, 1)) / 3));
}
