using System.Globalization;
using System.Xml.Linq;

namespace Decoder.Reports;

/// <summary>The words of a figure.</summary>
/// <param name="Title">Its title; null where it has none.</param>
/// <param name="Subtitle">What stands below the title; null where nothing does.</param>
/// <param name="Labels">Labels other than numbers, such as the axes'.</param>
internal sealed record FigureText(string? Title, string? Subtitle, IReadOnlyList<string> Labels)
{
    private const int MostLabels = 12;

    /// <summary>Reads the words of an SVG: its title element or, as our figures have none, its text in the sizes of titles and subtitles.</summary>
    public static FigureText Read(XElement svg)
    {
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").ToArray();
        string? OfSize(string size)
        {
            var words = string.Join(' ', texts.Where(text => text.Attribute("font-size")?.Value == size).Select(text => text.Value.Trim()));
            return words.Length == 0 ? null : words;
        }

        var title = svg.Elements().FirstOrDefault(element => element.Name.LocalName == "title")?.Value.Trim();
        var labels = texts.Where(text => text.Attribute("font-size")?.Value is not ("16" or "13"))
            .Select(text => text.Value.Trim())
            .Where(text => text.Length > 1 && !double.TryParse(text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            .Distinct()
            .Take(MostLabels);
        return new(string.IsNullOrEmpty(title) ? OfSize("16") : title, OfSize("13"), [.. labels]);
    }
}
