using System.Globalization;
using System.Text.Json.Serialization;

namespace Decoder.Evaluation;

/// <summary>An estimate with its interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public readonly record struct Interval(double Value, double Low, double High)
{
    /// <summary>Whether the whole interval lies on one side of 0.</summary>
    [JsonIgnore]
    public bool ExcludesZero => Low > 0 || High < 0;

    /// <summary>1.234 [1.1, 1.4], with as many digits as an error in degrees needs.</summary>
    public override string ToString()
    {
        var digits = Math.Max(Math.Abs(Low), Math.Abs(High)) < 10 ? "F3" : "F1";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Value.ToString(digits, CultureInfo.InvariantCulture)} [{Low.ToString(digits, CultureInfo.InvariantCulture)}, {High.ToString(digits, CultureInfo.InvariantCulture)}]");
    }
}
