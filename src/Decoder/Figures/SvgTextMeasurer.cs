using OxyPlot;

namespace Decoder.Figures;

/// <summary>
/// Measures text for the SVG exporter with OxyPlot's built-in metrics of Arial, which need no fonts on the machine. Those are in points
/// while SVG counts pixels, so that labels would overlap; and the font that a viewer puts in Arial's place is often wider, so there is a reserve.
/// </summary>
internal sealed class SvgTextMeasurer(double width, double height) : PdfRenderContext(width, height, OxyColors.White)
{
    private const double PixelsPerPoint = 96.0 / 72;
    private const double Reserve = 1.12;

    // Text is placed as if it filled its height from the baseline up. Labels are mostly digits, which are only so high; title and subtitle,
    // which stand one below the other, need the height of a line.
    private const double DigitHeight = 0.78;
    private const double LineHeight = 1.25;

    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        var size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
        var share = fontSize == FigureStyle.FontSize ? DigitHeight : LineHeight;
        return new OxySize(size.Width * PixelsPerPoint * Reserve, size.Height * PixelsPerPoint * share);
    }
}
