using Autodiff;
using OxyPlot;

namespace Decoder.Figures;

/// <summary>Writes figures as SVG, which needs no fonts and is the same bytes each time, and as PNG on demand.</summary>
public static class FigureFile
{
    /// <summary>Writes figures into a folder, which is made.</summary>
    /// <param name="figures">Each with the name of its file, without ending.</param>
    /// <param name="folder">Where to write them.</param>
    /// <param name="png">Whether to draw PNG too.</param>
    /// <param name="messages">Told what could not be drawn.</param>
    /// <inheritdoc cref="WriteSvg" path="/exception"/>
    internal static void Write(IEnumerable<(string Name, PlotModel Figure)> figures, string folder, bool png, TextWriter messages)
    {
        Directory.CreateDirectory(folder);
        var hasFonts = true;
        foreach (var (name, figure) in figures)
        {
            WriteSvg(figure, Path.Combine(folder, name + ".svg"));
            hasFonts = !png || (hasFonts && WritePng(figure, Path.Combine(folder, name + ".png")));
        }

        if (!hasFonts)
        {
            messages.WriteLine("decoder: --png needs a font, and none is installed (Debian: apt install fonts-dejavu-core); the figures are there as SVG.");
        }
    }

    /// <summary>Writes an SVG file.</summary>
    /// <exception cref="InvalidOperationException">The figure could not be drawn.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is left as it was.</exception>
    public static void WriteSvg(PlotModel model, string path)
    {
        var exporter = new SvgExporter
        {
            Width = FigureStyle.Width,
            Height = FigureStyle.Height,
            TextMeasurer = new SvgTextMeasurer(FigureStyle.Width, FigureStyle.Height),

            // Not every viewer knows 'dominant-baseline'; librsvg, for one, puts such text half a line too high.
            UseVerticalTextAlignmentWorkaround = true,
        };
        var svg = exporter.ExportToString(model);
        ThrowIfNotDrawn(model, path);
        AtomicFile.WriteText(path, SvgText.Finish(svg));
    }

    /// <summary>
    /// Writes a PNG file at twice the size of the SVG, where the machine has fonts.
    /// </summary>
    /// <returns>False where there are no fonts, in which case nothing is written and SVG is what remains.</returns>
    /// <inheritdoc cref="WriteSvg" path="/exception"/>
    public static bool WritePng(PlotModel model, string path)
    {
        if (!PngFigure.HasFonts)
        {
            return false;
        }

        using var image = new MemoryStream();
        PngFigure.Export(model, image);
        ThrowIfNotDrawn(model, path);
        AtomicFile.Write(path, stream => stream.Write(image.GetBuffer(), 0, (int)image.Length));
        return true;
    }

    /// <summary>OxyPlot paints an exception into the picture and carries on.</summary>
    private static void ThrowIfNotDrawn(PlotModel model, string path)
    {
        if (model.GetLastPlotException() is { } exception)
        {
            throw new InvalidOperationException($"The figure '{model.Title}' for {path} could not be drawn: {exception.Message}", exception);
        }
    }
}
