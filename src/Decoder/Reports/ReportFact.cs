namespace Decoder.Reports;

/// <summary>A term and what there is to say about it.</summary>
internal sealed record ReportFact(string Term, string Text);
