using System.Globalization;

namespace Autodiff;

/// <summary>One thing that a gradient check has found wrong, and where.</summary>
public sealed record GradCheckFailure
{
    /// <summary>What is wrong.</summary>
    public required GradCheckProblem Problem { get; init; }

    /// <summary>The input's name, with its number.</summary>
    public required string Input { get; init; }

    /// <summary>The number of the output.</summary>
    public required int Output { get; init; }

    /// <summary>The element of the input, one index per axis; empty for a scalar or where no single element is meant.</summary>
    public IReadOnlyList<int> InputElement { get; init; } = [];

    /// <summary>The element of the output, one index per axis; empty for a scalar or where no single element is meant.</summary>
    public IReadOnlyList<int> OutputElement { get; init; } = [];

    /// <summary>The derivative that the backward pass gave.</summary>
    public double Analytic { get; init; }

    /// <summary>What it should be: the central difference, the first of two runs, or zero.</summary>
    public double Numeric { get; init; }

    /// <summary>How much the two may differ here.</summary>
    public double Tolerance { get; init; }

    /// <summary>|analytic - numeric|.</summary>
    public double AbsoluteDifference => Math.Abs(Analytic - Numeric);

    /// <summary>|analytic - numeric| / |numeric|.</summary>
    public double RelativeDifference => AbsoluteDifference / Math.Abs(Numeric);

    /// <summary>What was thrown.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The failure in a line.</summary>
    public override string ToString()
    {
        string where = $"output {Output}{At(OutputElement)} with respect to {Input}{At(InputElement)}";
        string values = string.Create(CultureInfo.InvariantCulture,
            $"analytic {Analytic:G9}, numeric {Numeric:G9}, difference {AbsoluteDifference:G3} (relative {RelativeDifference:G3}) above the tolerance {Tolerance:G3}");
        return Problem switch
        {
            GradCheckProblem.WrongDerivative => $"{where}: {values}",
            GradCheckProblem.WrongProjection => $"{where}: random projection: {values}; no single element is off by more than its tolerance, so round-off is likely: use double, or the slow mode",
            GradCheckProblem.NondeterministicBackward => string.Create(CultureInfo.InvariantCulture,
                $"{where}: the backward pass is not deterministic: it gave {Numeric:G9}, then {Analytic:G9}"),
            GradCheckProblem.NondeterministicForward => string.Create(CultureInfo.InvariantCulture,
                $"output {Output}{At(OutputElement)}: the function is not deterministic: it gave {Numeric:G9}, then {Analytic:G9} for the same inputs; make its random generator anew, with the same seed, inside the function"),
            GradCheckProblem.NotScaledByOutputGradient => string.Create(CultureInfo.InvariantCulture,
                $"{where}: a zero output gradient gave {Analytic:G9} instead of 0: a vector-Jacobian product does not multiply by its gradient (or meets infinity or NaN)"),
            GradCheckProblem.Detached => $"{where}: {values}; no gradient flows there at all: something on the way is detached, or not recorded",
            _ => $"output {Output}: the backward pass threw {Exception?.GetType().Name}: {Exception?.Message}",
        };
    }

    private static string At(IReadOnlyList<int> element) => element.Count == 0 ? "" : $"[{string.Join(", ", element)}]";
}
