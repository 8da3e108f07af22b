using System.Globalization;

namespace Decoder.Reports;

/// <summary>Numbers in sentences and tables, the same on every machine.</summary>
internal static class ReportNumber
{
    /// <summary>A number with so many decimals; where it is NaN or infinite, that is said.</summary>
    public static string Of(double value, int decimals = 2) => double.IsFinite(value)
        ? value.ToString("N" + decimals, CultureInfo.InvariantCulture).Replace('-', '−')
        : "not a finite number";

    /// <summary>A number with four significant digits, as losses need.</summary>
    public static string Significant(double value) => double.IsFinite(value)
        ? value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−')
        : "not a finite number";

    /// <summary>An angle, such as 1.50°.</summary>
    public static string Degrees(double value, int decimals = 2) => double.IsFinite(value) ? Of(value, decimals) + "°" : Of(value);

    /// <summary>A count, such as 23,589 neurons or 1 neuron.</summary>
    public static string Count(long count, string thing) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>A setting as one would type it.</summary>
    public static string Setting(double value) => value.ToString(CultureInfo.InvariantCulture);
}
