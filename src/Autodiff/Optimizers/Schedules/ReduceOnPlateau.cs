using System.Globalization;

namespace Autodiff;

/// <summary>Lowers the learning rate when a quantity has stopped improving; PyTorch's <c>ReduceLROnPlateau</c> with its defaults.</summary>
/// <remarks>
/// A value is an improvement if it is below best · (1 - threshold), or, for quantities that should grow, above best · (1 + threshold).
/// After more than
/// <c>patience</c> values in a row without improvement, every group's rate becomes max(η · factor, minimum), unless that changes it by less
/// than 10⁻⁸.
/// </remarks>
public sealed class ReduceOnPlateau
{
    private const double SmallestChange = 1e-8;
    private readonly Optimizer _optimizer;
    private readonly double _factor, _threshold, _minimum;
    private readonly int _patience, _cooldown;
    private readonly bool _maximize;
    private int _coolingLeft;

    /// <summary>Starts a schedule.</summary>
    /// <param name="optimizer">The optimizer whose groups are scheduled.</param>
    /// <param name="factor">What the learning rate is multiplied by, below 1.</param>
    /// <param name="patience">How many values in a row may pass without improvement.</param>
    /// <param name="threshold">How much better, in parts of the best, a value must be to count as an improvement.</param>
    /// <param name="cooldown">How many values after a change are not counted.</param>
    /// <param name="minimum">The lowest learning rate.</param>
    /// <param name="maximize">Whether the quantity should grow, as an accuracy, and not fall, as a loss.</param>
    public ReduceOnPlateau(
        Optimizer optimizer, double factor = 0.1, int patience = 10, double threshold = 1e-4,
        int cooldown = 0, double minimum = 0, bool maximize = false)
    {
        if (!(factor is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be in [0, 1): the learning rate is to fall.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        _optimizer = optimizer;
        _factor = factor;
        _patience = patience;
        _threshold = ParameterGroup.NotNegative(threshold, nameof(threshold));
        _cooldown = cooldown;
        _minimum = ParameterGroup.NotNegative(minimum, nameof(minimum));
        _maximize = maximize;
        Best = maximize ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>The best value so far.</summary>
    public double Best { get; private set; }

    /// <summary>How many values in a row have passed without improvement.</summary>
    public int BadCount { get; private set; }

    /// <summary>Takes the next value of the quantity, usually the validation loss of an epoch.</summary>
    /// <returns>Whether the learning rate was lowered.</returns>
    /// <exception cref="InvalidOperationException">A step is being captured: every replay would see this value again.</exception>
    public bool Step(double value)
    {
        StepCapture.Refuse("ReduceOnPlateau", $"Every replay would see the value {value} again. Call it between runs of the step.");
        if (_maximize ? value > Best * (1 + _threshold) : value < Best * (1 - _threshold))
        {
            Best = value;
            BadCount = 0;
        }
        else
        {
            BadCount++;
        }
        if (_coolingLeft > 0)
        {
            _coolingLeft--;
            BadCount = 0;
        }
        if (BadCount <= _patience)
        {
            return false;
        }

        _coolingLeft = _cooldown;
        BadCount = 0;
        return Reduce();
    }

    /// <summary>Puts the state into a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What is put in front of the keys.</param>
    public void Store(SafeTensors file, string prefix = "schedule.")
    {
        file.Metadata[$"{prefix}best"] = Best.ToString("R", CultureInfo.InvariantCulture);
        file.Metadata[$"{prefix}badCount"] = BadCount.ToString(CultureInfo.InvariantCulture);
        file.Metadata[$"{prefix}cooling"] = _coolingLeft.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Takes the state from a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands in front of the keys.</param>
    /// <exception cref="InvalidDataException">The file does not hold it.</exception>
    public void Restore(SafeTensors file, string prefix = "schedule.")
    {
        bool all = double.TryParse(Text("best"), NumberStyles.Float, CultureInfo.InvariantCulture, out double best)
            & int.TryParse(Text("badCount"), NumberStyles.None, CultureInfo.InvariantCulture, out int badCount)
            & int.TryParse(Text("cooling"), NumberStyles.None, CultureInfo.InvariantCulture, out int coolingLeft);
        if (!all)
        {
            throw new InvalidDataException($"The file has no numbers '{prefix}best', '{prefix}badCount' and '{prefix}cooling': no such "
                + "schedule was stored in it.");
        }
        (Best, BadCount, _coolingLeft) = (best, badCount, coolingLeft);

        string? Text(string key) => file.Metadata.TryGetValue(prefix + key, out string? text) ? text : null;
    }

    private bool Reduce()
    {
        bool reduced = false;
        foreach (ParameterGroup group in _optimizer.Groups)
        {
            double rate = Math.Max(group.LearningRate * _factor, _minimum);
            if (group.LearningRate - rate <= SmallestChange)
            {
                continue;
            }

            group.LearningRate = rate;
            reduced = true;
        }
        return reduced;
    }
}
