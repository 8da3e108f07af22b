using OxyPlot;
using OxyPlot.SkiaSharp;
using SkiaSharp;

namespace Decoder.Figures;

/// <summary>The part that needs SkiaSharp's native library, loaded only when a PNG is asked for.</summary>
internal static class PngFigure
{
    private const int Scale = 2;

    /// <summary>Skia has an empty default typeface where no font is installed, and then fails to draw text.</summary>
    public static bool HasFonts => !string.IsNullOrEmpty(SKTypeface.Default.FamilyName);

    public static void Export(PlotModel model, Stream stream)
    {
        var wanted = model.DefaultFont;
        model.DefaultFont = FindSansSerif();
        try
        {
            new PngExporter
            {
                Width = (int)FigureStyle.Width * Scale,
                Height = (int)FigureStyle.Height * Scale,
                Dpi = 96 * Scale,
            }.Export(model, stream);
        }
        finally
        {
            model.DefaultFont = wanted;
        }
    }

    /// <summary>The first installed of the usual fonts without serifs; Skia alone would take any font at all.</summary>
    private static string FindSansSerif()
    {
        var installed = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] candidates = ["Arial", "Helvetica", "Liberation Sans", "Segoe UI", "Noto Sans", "DejaVu Sans"];
        return candidates.FirstOrDefault(installed.Contains) ?? SKTypeface.Default.FamilyName;
    }
}
