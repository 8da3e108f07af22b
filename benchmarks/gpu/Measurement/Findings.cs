using System.Globalization;
using System.Text.Json.Serialization;

namespace Benchmarks.Gpu;

/// <summary>Whether results are right.</summary>
/// <param name="Name">What was compared with what.</param>
/// <param name="Deviation">How far it is off; null where that could not be found out.</param>
/// <param name="Tolerance">How far it may be off.</param>
/// <param name="Reason">Why there is no deviation.</param>
public sealed record Check(string Name, double? Deviation, double Tolerance, string? Reason = null)
{
    /// <summary>Whether it is right; null where that could not be found out.</summary>
    public bool? Holds => Deviation is { } deviation ? deviation <= Tolerance : null;
}

/// <summary>One contender's figures, or why there are none.</summary>
/// <param name="Group">The table that they stand in.</param>
/// <param name="Name">The workload.</param>
/// <param name="Contender">Who did it.</param>
/// <param name="Unit">s or B.</param>
/// <param name="Value">The samples; null where there are none.</param>
/// <param name="Rate">Work per second, in units of 10⁹.</param>
/// <param name="RateUnit">The unit of the rate.</param>
/// <param name="Reason">Why there are no figures.</param>
public sealed record Figure(string Group, string Name, string Contender, string Unit, Distribution? Value, double? Rate, string RateUnit, string? Reason = null);

/// <summary>Something that a gate was set for, or that is good to know: a ratio of two contenders, or a figure by itself.</summary>
/// <param name="Group">The table that it stands in.</param>
/// <param name="Name">The workload.</param>
/// <param name="Ours">The contender above the line, or the one whose figure it is.</param>
/// <param name="Theirs">The contender below the line; null for a figure by itself.</param>
/// <param name="Unit">Empty for a ratio, else the figure's.</param>
/// <param name="Value">What is held against the gate, by its median; null where it was not measured.</param>
/// <param name="Gate">The most that it may be.</param>
public sealed record Verdict(string Group, string Name, string Ours, string? Theirs, string Unit, Distribution? Value, double? Gate)
{
    /// <summary>Whether the gate is met; null without a gate or a value.</summary>
    public bool? IsMet => Gate is { } gate && Value is { } value ? value.Median <= gate : null;

    /// <summary>What was held against what.</summary>
    [JsonIgnore]
    public string Title => Theirs is null ? Ours : $"{Ours} / {Theirs}";

    /// <summary>The value, for people.</summary>
    [JsonIgnore]
    public string ValueText => Text(Value?.Median);

    /// <summary>The gate, for people.</summary>
    [JsonIgnore]
    public string GateText => Text(Gate);

    private string Text(double? value) => Unit.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value:f2}") : Report.Quantity(value, Unit);
}
