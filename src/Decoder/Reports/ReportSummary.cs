namespace Decoder.Reports;

/// <summary>A folder as a line of the table that compares folders. What does not apply to it is empty.</summary>
/// <param name="Recording">The recording and whether it is simulated.</param>
/// <param name="Checksum">By what recordings are told apart.</param>
/// <param name="Size">Rows and neurons.</param>
/// <param name="Model">What was trained.</param>
/// <param name="Test">What it was judged on.</param>
/// <param name="Median">Median error of decoded angles.</param>
/// <param name="Mean">Mean error.</param>
/// <param name="R2">R².</param>
/// <param name="Accuracy">Accuracy.</param>
/// <param name="HeldOut">Squared error of an encoder.</param>
internal sealed record ReportSummary(
    string Recording, string Checksum, string Size, string Model, string Test,
    string Median = "", string Mean = "", string R2 = "", string Accuracy = "", string HeldOut = "");
