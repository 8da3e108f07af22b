namespace Autodiff;

/// <summary>A gradient check failed; the message is its report.</summary>
/// <param name="report">The report.</param>
public sealed class GradCheckException(GradCheckReport report) : Exception(report.ToString())
{
    /// <summary>The report.</summary>
    public GradCheckReport Report { get; } = report;
}
