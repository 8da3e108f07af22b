namespace Decoder.Reports;

/// <summary>Whose work a report rests on, and on what terms it may be used.</summary>
internal static class ReportCitations
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<ReportSection> sections)
    {
        html.Open("section", ("class", "card"), ("aria-labelledby", "cite"));
        html.Element("h2", "Licences, and what to cite", ("id", "cite"));
        html.Open("ul");
        if (sections.Any(section => section.IsSimulated))
        {
            Item(html, "Simulated data: made by this program, under its licence, by a model that is calibrated to published statistics of the recording of Stringer et al. (2021). Say that they are simulated wherever you show them.");
        }

        if (sections.Any(section => !section.IsSimulated))
        {
            Item(html, "Recordings: their licences are for those to say who published them; a recording's file does not carry it, and this program does not know it. Cite the paper of each recording.");
        }

        Item(
            html,
            "The recording that the tutorial uses, its protocol (every fourth trial is a test trial) and super-neuron ridge: Stringer C, Michaelos M, Tsyboulski D, Lindo SE, Pachitariu M (2021). "
                + "High-precision coding in visual cortex. Cell 184: 2767–2778. ",
            "https://doi.org/10.1016/j.cell.2021.03.042");
        Item(html, "The network and the exercise: Neuromatch Academy, Deep Learning, W1D5, whose text is under CC-BY 4.0. ", "https://deeplearning.neuromatch.io");
        Item(html, "The program that made this page, decoder: MIT licence.");
        html.Close();
        html.Close();
    }

    private static void Item(HtmlWriter html, string text, string? address = null)
    {
        html.Open("li");
        html.Text(text);
        if (address is not null)
        {
            html.Element("a", address, ("href", address), ("rel", "noreferrer"));
        }

        html.Close();
    }
}
