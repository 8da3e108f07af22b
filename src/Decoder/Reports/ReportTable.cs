namespace Decoder.Reports;

/// <summary>A table.</summary>
/// <param name="Caption">What it shows, and how to read it.</param>
/// <param name="Columns">Heads of the columns.</param>
/// <param name="Rows">Cells; the first of a row is its head.</param>
internal sealed record ReportTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
