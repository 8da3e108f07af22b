using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Decoder.Terminal;

namespace Decoder.Reports;

/// <summary>A figure of a folder.</summary>
/// <param name="Name">The name of its file, without the ending.</param>
/// <param name="Caption">What stands below it.</param>
/// <param name="Alternative">What is read to those who do not see it.</param>
/// <param name="Svg">The drawing, fit to stand in a page.</param>
internal sealed record ReportFigure(string Name, string Caption, string Alternative, string Svg)
{
    private const long LargestFile = 16 << 20;

    /// <summary>Reads all figures of a folder: known ones first, in the order of their captions, then others by name.</summary>
    /// <param name="folder">The folder of the figures; it need not exist.</param>
    /// <param name="prefix">With what identifiers begin.</param>
    /// <param name="numbers">What is seen in figures, in numbers, by name.</param>
    /// <param name="advice">What to do about a damaged one.</param>
    /// <exception cref="InvalidInputException">A figure is damaged or too large.</exception>
    public static IReadOnlyList<ReportFigure> ReadAll(string folder, string prefix, IReadOnlyDictionary<string, string> numbers, string advice)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = Directory.GetFiles(folder, "*.svg").OrderBy(file => FigureCaptions.Rank(Path.GetFileNameWithoutExtension(file))).ThenBy(Path.GetFileName, StringComparer.Ordinal);
        return [.. files.Select((file, i) => Read(file, $"{prefix}-{i + 1}-", numbers, advice))];
    }

    private static ReportFigure Read(string path, string prefix, IReadOnlyDictionary<string, string> numbers, string advice)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var size = new FileInfo(path).Length;
        if (size > LargestFile)
        {
            throw new InvalidInputException($"{path} has {size} bytes; figures of up to {LargestFile} fit into a report. {advice}");
        }

        var root = Load(path, advice);
        var text = FigureText.Read(root);
        var title = text.Title ?? name.Replace('-', ' ');
        var seen = numbers.GetValueOrDefault(name) ?? FigureCaptions.Of(name)?.Seen ?? "";
        var labels = seen.Length == 0 && text.Labels.Count > 0 ? $"It is labelled {string.Join("; ", text.Labels)}." : "";
        var alternative = string.Join(' ', new[] { Sentence(title), Sentence(text.Subtitle), seen, labels }.Where(part => part.Length > 0));
        var caption = string.Join(' ', new[] { FigureCaptions.Of(name)?.Caption ?? Sentence(title), numbers.GetValueOrDefault(name) ?? "" }.Where(part => part.Length > 0));

        var svg = FigureSanitizer.Sanitize(root, prefix);
        svg.Elements().Where(element => element.Name.LocalName is "title" or "desc").Remove();
        svg.SetAttributeValue("viewBox", svg.Attribute("viewBox")?.Value ?? Box(svg));
        svg.SetAttributeValue("width", null);
        svg.SetAttributeValue("height", null);
        svg.SetAttributeValue("style", null);
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-label", Printable(alternative));
        svg.AddFirst(new XElement("title", Printable(title)));
        return new(name, caption, alternative, svg.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Load(string path, string advice)
    {
        try
        {
            // Entities and external declarations are not looked at.
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CloseInput = true, IgnoreWhitespace = true };
            using var reader = XmlReader.Create(File.OpenRead(path), settings);
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName == "svg" ? root : throw new InvalidInputException($"{path} is not an SVG: it begins with <{root.Name.LocalName}>. {advice}");
        }
        catch (XmlException e)
        {
            throw new InvalidInputException($"{path} is damaged: {e.Message} {advice}");
        }
    }

    /// <summary>The coordinates that a figure without a view box has.</summary>
    private static string Box(XElement svg) => $"0 0 {Length(svg, "width", 640)} {Length(svg, "height", 440)}";

    private static string Length(XElement svg, string name, double otherwise)
    {
        var text = svg.Attribute(name)?.Value.Replace("px", "", StringComparison.Ordinal);
        var value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var length) && double.IsFinite(length) && length > 0 ? length : otherwise;
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static string Sentence(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "" : text.TrimEnd() is var trimmed && trimmed[^1] is '.' or '!' or '?' ? text.TrimEnd() : text.TrimEnd() + ".";

    /// <summary>Without what XML forbids, which names of files may have.</summary>
    private static string Printable(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value is < 0x20 or 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString()));
}
