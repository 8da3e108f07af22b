namespace Decoder.Figures;

/// <summary>What OxyPlot's SVG lacks.</summary>
internal static class SvgText
{
    /// <summary>
    /// Adds fonts to fall back to where Arial is not installed, and keeps the cells of heat maps sharp when they are enlarged.
    /// </summary>
    public static string Finish(string svg) => svg
        .Replace("font-family=\"Arial\"", "font-family=\"Arial,Helvetica,'Liberation Sans',sans-serif\"", StringComparison.Ordinal)
        .Replace("<image ", "<image style=\"image-rendering:pixelated\" ", StringComparison.Ordinal);
}
