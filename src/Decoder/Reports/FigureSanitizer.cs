using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Decoder.Reports;

/// <summary>
/// Makes an SVG fit to stand in an HTML page: only shapes, text and embedded bitmaps are left, nothing that runs, styles the page or loads something, and identifiers begin with a prefix, so
/// that those of several figures differ.
/// </summary>
internal static partial class FigureSanitizer
{
    private const string Link = "href";

    private static readonly HashSet<string> Elements =
    [
        "svg", "g", "defs", "clipPath", "mask", "pattern", "linearGradient", "radialGradient", "stop", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "text", "tspan",
        "image", "use", "marker", "title", "desc",
    ];

    private static readonly HashSet<string> Properties =
    [
        "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
        "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "clip-path", "clip-rule", "mask", "color", "display", "visibility",
        "image-rendering", "shape-rendering", "text-rendering", "stop-color", "stop-opacity", "letter-spacing", "white-space", "paint-order", "marker-start", "marker-mid", "marker-end",
    ];

    private static readonly HashSet<string> Attributes =
    [
        .. Properties, "id", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "points", "d", "transform", "offset", "rotate", "textLength",
        "lengthAdjust", "gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits", "patternContentUnits", "patternTransform",
        "preserveAspectRatio", "viewBox", "markerWidth", "markerHeight", "refX", "refY", "orient", "markerUnits", "style", Link,
    ];

    /// <summary>Copies what may stay, without namespaces, as HTML has it. Elements that may not stay vanish with all that they hold.</summary>
    public static XElement Sanitize(XElement element, string prefix)
    {
        var copy = new XElement(element.Name.LocalName);
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && Attributes.Contains(attribute.Name.LocalName)))
        {
            var name = attribute.Name.LocalName;
            var value = name switch
            {
                "id" => prefix + attribute.Value,
                Link => Target(element.Name.LocalName, attribute.Value, prefix),
                "style" => Style(attribute.Value, prefix),
                _ => Value(attribute.Value, prefix),
            };
            if (value is not null)
            {
                copy.SetAttributeValue(name, value);
            }
        }

        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child when Elements.Contains(child.Name.LocalName):
                    copy.Add(Sanitize(child, prefix));
                    break;
                case XText text when element.Name.LocalName is "text" or "tspan" or "title" or "desc":
                    copy.Add(new XText(text.Value));
                    break;
            }
        }

        return copy;
    }

    /// <summary>Links may lead to other parts of the figure; bitmaps may be in it.</summary>
    private static string? Target(string element, string value, string prefix) =>
        value.StartsWith('#') ? "#" + prefix + value[1..]
        : element == "image" && BitmapPattern().IsMatch(value) ? value
        : null;

    private static string? Style(string style, string prefix)
    {
        var declarations = style.Split(';').Select(declaration => declaration.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2 && Properties.Contains(parts[0].ToLowerInvariant()))
            .Select(parts => (Name: parts[0], Value: Value(parts[1], prefix)))
            .Where(declaration => declaration.Value is not null)
            .Select(declaration => $"{declaration.Name}:{declaration.Value}")
            .ToArray();
        return declarations.Length == 0 ? null : string.Join(';', declarations);
    }

    /// <summary>A value, its references renamed; null where it could load something. A backslash could hide what it says.</summary>
    private static string? Value(string value, string prefix)
    {
        if (value.AsSpan().IndexOfAny("\\@;{}<") >= 0)
        {
            return null;
        }

        foreach (Match function in FunctionPattern().Matches(value))
        {
            if (function.Groups[1].Value is not ("rgb" or "rgba" or "translate" or "rotate" or "scale" or "matrix" or "skewX" or "skewY" or "url"))
            {
                return null;
            }
        }

        var renamed = ReferencePattern().Replace(value, match => $"url(#{prefix}{match.Groups[1].Value})");
        return renamed.Replace($"url(#{prefix}", "", StringComparison.Ordinal).Contains("url", StringComparison.OrdinalIgnoreCase) ? null : renamed;
    }

    [GeneratedRegex(@"^data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*$")]
    private static partial Regex BitmapPattern();

    [GeneratedRegex(@"([\w-]*)\s*\(")]
    private static partial Regex FunctionPattern();

    [GeneratedRegex(@"url\(\s*[""']?#([\w.:-]+)[""']?\s*\)")]
    private static partial Regex ReferencePattern();
}
