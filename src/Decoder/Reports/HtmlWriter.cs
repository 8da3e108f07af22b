using System.Text;

namespace Decoder.Reports;

/// <summary>Writes HTML. Text and attribute values are escaped here and nowhere else, so that no name of a file, recording or run becomes markup.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();
    private readonly Stack<string> _open = new();

    /// <summary>Begins an element.</summary>
    public void Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, attributes);
        _open.Push(name);
    }

    /// <summary>Ends the element that was begun last.</summary>
    public void Close()
    {
        _html.Append("</").Append(_open.Pop()).Append(">\n");
    }

    /// <summary>An element with text in it.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, attributes);
        Text(text);
        _html.Append("</").Append(name).Append(">\n");
    }

    /// <summary>An element that has neither content nor end.</summary>
    public void Void(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(name, attributes);
        _html.Append('\n');
    }

    /// <summary>Text.</summary>
    public void Text(string text) => _html.Append(Escape(text));

    /// <summary>What is markup already: style sheets of this program and sanitized figures.</summary>
    public void Markup(string markup) => _html.Append(markup).Append('\n');

    /// <summary>Text such that it is text in an element as well as in a quoted attribute. Characters that HTML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes has already replaced lone surrogates.
            switch (rune.Value)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\'':
                    escaped.Append("&#39;");
                    break;
                case '\t' or '\n':
                    escaped.Append((char)rune.Value);
                    break;
                case < 0x20 or (>= 0x7F and < 0xA0):
                    escaped.Append('\uFFFD');
                    break;
                default:
                    escaped.Append(IsNoncharacter(rune.Value) ? "\uFFFD" : rune.ToString());
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>The page.</summary>
    /// <exception cref="InvalidOperationException">An element was not ended.</exception>
    public override string ToString() =>
        _open.Count == 0 ? "<!DOCTYPE html>\n" + _html : throw new InvalidOperationException($"<{_open.Peek()}> was not ended.");

    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;

    private void Begin(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _html.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            _html.Append(' ').Append(attribute).Append("=\"").Append(Escape(value)).Append('"');
        }

        _html.Append('>');
    }
}
