using Decoder.Folders;

namespace Decoder.Reports;

/// <summary>The page of a report: one HTML file that needs nothing else, neither a network nor scripts.</summary>
internal static class ReportPage
{
    /// <summary>What the page says made it; by this a report is told from other files.</summary>
    public const string Generator = "decoder report";

    // Whatever a figure or a name may hold, a browser loads and runs nothing.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    // Longer cells are broken into lines.
    private const int LongCell = 24;

    /// <summary>Writes the page. The same folders give the same bytes.</summary>
    public static string Write(IReadOnlyList<ReportSection> sections)
    {
        var title = sections.Count == 1 ? $"Report of {sections[0].Folder}" : $"Report of {sections.Count} folders";
        var html = new HtmlWriter();
        html.Open("html", ("lang", "en"));
        WriteHead(html, title);
        html.Open("body");
        html.Open("header");
        html.Element("h1", title);
        WriteSimulated(html, sections);
        html.Close();
        html.Open("main");
        if (sections.Count > 1)
        {
            WriteOverview(html, sections);
        }

        for (var i = 0; i < sections.Count; i++)
        {
            WriteSection(html, sections[i], $"folder-{i + 1}");
        }

        ReportCitations.Write(html, sections);
        html.Close();
        html.Open("footer", ("class", "soft"));
        html.Element("p", $"Made by decoder {FolderConfiguration.ProgramVersion}. This page is self-contained: it loads nothing and runs no scripts.");
        html.Close();
        html.Close();
        html.Close();
        return html.ToString();
    }

    private static void WriteHead(HtmlWriter html, string title)
    {
        html.Open("head");
        html.Void("meta", ("charset", "utf-8"));
        html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
        html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        html.Void("meta", ("name", "generator"), ("content", Generator));
        html.Element("title", title);
        html.Open("style");
        html.Markup(Style());
        html.Close();
        html.Close();
    }

    private static string Style()
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream("ReportStyle.css")!);
        return reader.ReadToEnd();
    }

    private static void WriteSimulated(HtmlWriter html, IReadOnlyList<ReportSection> sections)
    {
        var simulated = sections.Count(section => section.IsSimulated);
        if (simulated == 0)
        {
            return;
        }

        html.Open("p", ("class", "simulated"), ("role", "note"));
        html.Element("strong", simulated == sections.Count ? "Simulated data." : $"Simulated data in {simulated} of {sections.Count} folders.");
        html.Text(" They were made by a model of mouse V1; nothing in them was recorded from an animal, and no conclusion about brains follows from them.");
        html.Close();
    }

    private static void WriteOverview(HtmlWriter html, IReadOnlyList<ReportSection> sections)
    {
        html.Open("nav", ("class", "card"), ("aria-labelledby", "contents"));
        html.Element("h2", "Contents", ("id", "contents"));
        html.Open("ol");
        for (var i = 0; i < sections.Count; i++)
        {
            html.Open("li");
            html.Element("a", $"{Capital(sections[i].Kind)} {sections[i].Folder}", ("href", $"#folder-{i + 1}"));
            html.Close();
        }

        html.Close();
        html.Close();
        html.Open("section", ("class", "card"), ("aria-labelledby", "side-by-side"));
        html.Element("h2", "Side by side", ("id", "side-by-side"));
        if (sections.Select(section => section.Summary.Checksum).Distinct().Count() > 1)
        {
            html.Element("p", "These folders are not all of the same data: errors on different recordings, or on one that was selected or binned in different ways, do not say which method is better.");
        }

        WriteTable(html, Overview(sections), marksFirst: false);
        html.Close();
    }

    /// <summary>A line per folder; columns that are empty in all lines are left out.</summary>
    private static ReportTable Overview(IReadOnlyList<ReportSection> sections)
    {
        (string Name, Func<ReportSection, string> Cell)[] columns =
        [
            ("Folder", section => section.Folder),
            ("Kind", section => section.Kind),
            ("Recording", section => section.Summary.Recording),
            ("Rows × neurons", section => section.Summary.Size),
            ("Model", section => section.Summary.Model),
            ("Judged on", section => section.Summary.Test),
            ("Median error", section => section.Summary.Median),
            ("Mean error", section => section.Summary.Mean),
            ("R²", section => section.Summary.R2),
            ("Accuracy", section => section.Summary.Accuracy),
            ("Held-out squared error", section => section.Summary.HeldOut),
        ];
        columns = [.. columns.Where(column => sections.Any(section => column.Cell(section).Length > 0))];
        return new(
            "The folders of this report; errors in degrees, for comparisons those of our decoder.",
            [.. columns.Select(column => column.Name)],
            [.. sections.Select(section => (string[])[.. columns.Select(column => column.Cell(section) is { Length: > 0 } text ? text : "–")])]);
    }

    private static void WriteSection(HtmlWriter html, ReportSection section, string id)
    {
        html.Open("article", ("class", "card"), ("id", id), ("aria-labelledby", $"{id}-title"));
        html.Element("h2", $"{Capital(section.Kind)} {section.Folder}", ("id", $"{id}-title"));
        html.Element("p", section.Headline, ("class", "lead"));
        html.Element("h3", "What was done");
        WriteFacts(html, section.Method);
        html.Element("h3", section.IsSimulated ? "Data (simulated)" : "Data");
        WriteFacts(html, section.Data);
        html.Element("h3", section.IsSimulated ? "Results (simulated data)" : "Results");
        foreach (var table in section.Tables)
        {
            WriteTable(html, table, marksFirst: table == section.Tables[0]);
        }

        WriteFacts(html, section.Results);
        html.Element("h3", "Figures");
        WriteFigures(html, section);
        html.Element("h3", "How to reproduce");
        WriteReproduction(html, section);
        html.Close();
    }

    private static void WriteFacts(HtmlWriter html, IReadOnlyList<ReportFact> facts)
    {
        html.Open("dl");
        foreach (var fact in facts)
        {
            html.Element("dt", fact.Term);
            html.Open("dd");
            html.Element("bdi", fact.Text);
            html.Close();
        }

        html.Close();
    }

    private static void WriteTable(HtmlWriter html, ReportTable table, bool marksFirst)
    {
        html.Element("p", table.Caption, ("class", "caption"));

        // What is wider than a phone scrolls within itself, by keys too.
        html.Open("div", ("class", "table"), ("role", "region"), ("tabindex", "0"), ("aria-label", table.Caption));
        html.Open("table");
        html.Open("thead");
        html.Open("tr");
        foreach (var column in table.Columns)
        {
            html.Element("th", column, ("scope", "col"));
        }

        html.Close();
        html.Close();
        html.Open("tbody");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            html.Open("tr", marksFirst && row == 0 ? [("class", "first")] : []);
            html.Element("th", table.Rows[row][0], ("scope", "row"));
            foreach (var cell in table.Rows[row].Skip(1))
            {
                html.Element("td", cell, cell.Length > LongCell ? [("class", "long")] : []);
            }

            html.Close();
        }

        html.Close();
        html.Close();
        html.Close();
    }

    private static void WriteFigures(HtmlWriter html, ReportSection section)
    {
        if (section.Figures.Count == 0)
        {
            html.Open("p");
            html.Text("There are no figures in the folder. Draw them, and report again: ");
            html.Element("code", section.HowToDraw);
            html.Close();
            return;
        }

        html.Open("div", ("class", "figures"));
        foreach (var figure in section.Figures)
        {
            html.Open("figure");
            html.Open("div", ("class", "paper"));
            html.Markup(figure.Svg);
            html.Close();
            html.Element("figcaption", figure.Caption);
            html.Close();
        }

        html.Close();
    }

    private static void WriteReproduction(HtmlWriter html, ReportSection section)
    {
        html.Element("p", "In a POSIX shell. The same version, seed and device give the same numbers; another device differs in the last digits.");
        html.Open("pre");
        html.Element("code", $"{section.Command}{CommandText.Out(section.Folder, section.OutOption, out var again)}\n{CommandText.On("report", again)}");
        html.Close();
        WriteFacts(html, section.Provenance);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
