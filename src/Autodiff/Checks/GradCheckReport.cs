using System.Globalization;
using System.Text;

namespace Autodiff;

/// <summary>The result of a gradient check.</summary>
public sealed class GradCheckReport
{
    private const int ShownFailures = 10;

    internal GradCheckReport(string check, IReadOnlyList<GradCheckFailure> failures, IReadOnlyList<string> notes, int compared, double largestDifference)
    {
        Check = check;
        Failures = failures;
        Notes = notes;
        Compared = compared;
        LargestDifference = largestDifference;
    }

    /// <summary>The name of the check: GradCheck or GradGradCheck.</summary>
    public string Check { get; }

    /// <summary>Whether nothing wrong was found.</summary>
    public bool Passed => Failures.Count == 0;

    /// <summary>What was found wrong.</summary>
    public IReadOnlyList<GradCheckFailure> Failures { get; }

    /// <summary>What to know about the result although it is no failure, for instance that float was used with tolerances meant for double.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many derivatives (or, in fast mode, projections) were compared.</summary>
    public int Compared { get; }

    /// <summary>The largest |analytic - numeric| among them.</summary>
    public double LargestDifference { get; }

    /// <summary>For tests: throws unless the check passed.</summary>
    /// <returns>This report.</returns>
    /// <exception cref="GradCheckException">The check failed.</exception>
    public GradCheckReport ThrowIfFailed() => Passed ? this : throw new GradCheckException(this);

    /// <summary>The result for people: one line, and one per failure.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Check} {(Passed ? "passed" : "failed")}: {Compared} derivatives compared, largest difference {LargestDifference:G3}");
        if (!Passed)
        {
            text.Append(CultureInfo.InvariantCulture, $", {Failures.Count} failures");
        }

        foreach (GradCheckFailure failure in Failures.Take(ShownFailures))
        {
            text.Append("\n  ").Append(failure);
        }

        if (Failures.Count > ShownFailures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  ... and {Failures.Count - ShownFailures} more");
        }

        foreach (string note in Notes)
        {
            text.Append("\n  note: ").Append(note);
        }

        return text.ToString();
    }
}
