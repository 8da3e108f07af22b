namespace Decoder.Evaluation;

/// <summary>
/// How small a difference of angles can be told from decoded angles, as a psychometric function tells it for an animal (Stringer et al. 2021): a reference is so many degrees away from what was
/// shown, and the choice is 'right' where the decoded angle lies to the right of the reference. The fraction of such choices over the difference, symmetrized, (P(d) + 1 - P(-d)) / 2, which takes
/// out a bias, is fitted with the logistic function 1 / (1 + exp(-d / s)); the threshold is where that reaches 75 %, s ln 3.
/// </summary>
/// <remarks>
/// Stringer et al. showed stimuli around one reference of 45 degrees. Here each trial has references of its own, so that any recording will do: the threshold is the mean over the circle.
/// </remarks>
/// <param name="Differences">Angle less reference, degrees, ascending and symmetric.</param>
/// <param name="ChoseRight">Fraction of 'right' at each difference, symmetrized.</param>
/// <param name="ThresholdDegrees">The difference of 75 %; 0 for a decoder without errors; null where no difference that was tried is told by three in four.</param>
public sealed record Discrimination(double[] Differences, double[] ChoseRight, double? ThresholdDegrees)
{
    /// <summary>Differences on each side of 0.</summary>
    private const int Steps = 20;

    /// <summary>The greatest difference, in median errors: beyond it nearly all choices are right, and say nothing.</summary>
    private const double Reach = 4;

    /// <summary>The fraction of 'right' that the fitted function gives a difference; NaN without a threshold.</summary>
    public double Fitted(double difference) => ThresholdDegrees switch
    {
        null => double.NaN,
        0 => difference > 0 ? 1 : difference < 0 ? 0 : 0.5,
        { } threshold => 1 / (1 + Math.Exp(-difference * Math.Log(3) / threshold)),
    };

    /// <summary>Computes the function and its threshold.</summary>
    /// <param name="errors">Decoded less actual angle on the circle, degrees.</param>
    /// <param name="period">360 for direction, 180 for orientation.</param>
    /// <exception cref="ArgumentException">There are no errors, or one is NaN.</exception>
    public static Discrimination Compute(ReadOnlySpan<double> errors, double period)
    {
        var absolute = errors.ToArray();
        for (var i = 0; i < absolute.Length; i++)
        {
            absolute[i] = Math.Abs(absolute[i]);
        }

        var median = Quantile.Median(absolute);
        if (double.IsNaN(median))
        {
            throw new ArgumentException("An error is NaN; the discrimination of angles is not defined then.", nameof(errors));
        }

        // Decoders that choose one of a few angles may have no error in most trials.
        var scale = median > 0 ? median : absolute.Average();
        if (scale == 0)
        {
            return new([-1, 0, 1], [0, 0.5, 1], 0);
        }

        var reach = Math.Min(Reach * scale, period / 4);
        var (differences, fractions) = (new double[2 * Steps + 1], new double[2 * Steps + 1]);
        for (var i = -Steps; i <= Steps; i++)
        {
            differences[Steps + i] = reach * i / Steps;
        }

        for (var i = 0; i < differences.Length; i++)
        {
            fractions[i] = (RightOf(errors, differences[i]) + 1 - RightOf(errors, -differences[i])) / 2;
        }

        return new(differences, fractions, Threshold(differences, fractions, period));
    }

    /// <summary>The fraction of decoded angles to the right of the reference; those upon it count half.</summary>
    private static double RightOf(ReadOnlySpan<double> errors, double difference)
    {
        var right = 0.0;
        foreach (var error in errors)
        {
            var side = error + difference;
            right += side > 0 ? 1 : side == 0 ? 0.5 : 0;
        }

        return right / errors.Length;
    }

    /// <summary>Maximum likelihood of the slope b in 1 / (1 + exp(-b d)), by Newton's method; the logarithm of the likelihood is concave in b.</summary>
    private static double? Threshold(double[] differences, double[] fractions, double period)
    {
        var slope = 0.0;
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var (gradient, curvature) = (0.0, 0.0);
            for (var i = 0; i < differences.Length; i++)
            {
                var fitted = 1 / (1 + Math.Exp(-slope * differences[i]));
                gradient += differences[i] * (fractions[i] - fitted);
                curvature += differences[i] * differences[i] * fitted * (1 - fitted);
            }

            // Half steps at most towards a slope that would be infinite.
            var step = gradient / Math.Max(curvature, 1e-300);
            var next = slope > 0 ? Math.Clamp(slope + step, slope / 2, 2 * slope) : slope + step;
            var isDone = Math.Abs(next - slope) <= 1e-12 * Math.Abs(next);
            slope = next;
            if (isDone)
            {
                break;
            }
        }

        var threshold = Math.Log(3) / slope;
        return slope > 0 && threshold <= period / 4 ? threshold : null;
    }
}
