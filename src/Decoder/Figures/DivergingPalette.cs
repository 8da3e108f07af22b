using OxyPlot;

namespace Decoder.Figures;

/// <summary>Blue through white to red, for quantities around zero: the colour map 'bwr' of Matplotlib.</summary>
internal static class DivergingPalette
{
    /// <summary>The colour map in <paramref name="colors"/> steps.</summary>
    public static OxyPalette Create(int colors = 257) => OxyPalette.Interpolate(
        colors, OxyColor.FromRgb(0, 0, 255), OxyColors.White, OxyColor.FromRgb(255, 0, 0));
}
