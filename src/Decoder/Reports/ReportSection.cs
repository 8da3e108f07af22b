namespace Decoder.Reports;

/// <summary>What a report says about one folder; how that looks is up to <see cref="ReportPage"/>.</summary>
internal sealed record ReportSection
{
    /// <summary>The folder, as it was given.</summary>
    public required string Folder { get; init; }

    /// <summary>What it is: decoder, comparison, encoder.</summary>
    public required string Kind { get; init; }

    /// <summary>The outcome in a sentence.</summary>
    public required string Headline { get; init; }

    /// <summary>Whether the data are simulated.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>The recording.</summary>
    public required IReadOnlyList<ReportFact> Data { get; init; }

    /// <summary>What was done.</summary>
    public required IReadOnlyList<ReportFact> Method { get; init; }

    /// <summary>What came out, beside the tables.</summary>
    public required IReadOnlyList<ReportFact> Results { get; init; }

    /// <summary>What came out, in tables.</summary>
    public IReadOnlyList<ReportTable> Tables { get; init; } = [];

    /// <summary>What came out, in figures.</summary>
    public required IReadOnlyList<ReportFigure> Figures { get; init; }

    /// <summary>How to draw figures where there are none.</summary>
    public required string HowToDraw { get; init; }

    /// <summary>What does the same again.</summary>
    public required string Command { get; init; }

    /// <summary>The option of that command that names the folder.</summary>
    public string OutOption { get; init; } = "--out";

    /// <summary>Versions, seeds, devices.</summary>
    public required IReadOnlyList<ReportFact> Provenance { get; init; }

    /// <summary>The line in the table of all folders.</summary>
    public required ReportSummary Summary { get; init; }
}
