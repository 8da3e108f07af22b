using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.Gpu;

/// <summary>A line from the worker to the supervisor: one of these is set.</summary>
/// <param name="Versions">Names and versions of what is measured.</param>
/// <param name="Begin">The entry that begins.</param>
/// <param name="End">The entry that has ended well.</param>
/// <param name="Check">What an entry found.</param>
/// <param name="Figure">What an entry found.</param>
/// <param name="Verdict">What an entry found.</param>
/// <param name="Failure">Why the entry that began has failed; the worker ends after it.</param>
public sealed record Message(
    IReadOnlyDictionary<string, string>? Versions = null, string? Begin = null, string? End = null, Check? Check = null, Figure? Figure = null, Verdict? Verdict = null,
    string? Failure = null)
{
    /// <summary>How lines and reports are written.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
