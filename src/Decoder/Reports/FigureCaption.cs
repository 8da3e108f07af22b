namespace Decoder.Reports;

/// <summary>What is said about a figure whatever its numbers.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Seen">What is seen, for those who do not.</param>
internal sealed record FigureCaption(string Caption, string Seen);
