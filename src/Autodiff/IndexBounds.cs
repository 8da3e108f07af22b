using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The smallest and the largest of some indices, shared by all views of them, and the axes that they were used for.</summary>
internal sealed class IndexBounds(int minimum, int maximum)
{
    private string _use = "";

    /// <summary>The smallest.</summary>
    public int Minimum { get; } = minimum;

    /// <summary>The largest.</summary>
    public int Maximum { get; } = maximum;

    /// <summary>The size of the smallest axis that the indices have named elements of.</summary>
    public int Limit { get; private set; } = int.MaxValue;

    /// <summary>The smallest and the largest of some numbers.</summary>
    public static (int Minimum, int Maximum) Of(ReadOnlySpan<int> values)
    {
        (int minimum, int maximum) = (int.MaxValue, int.MinValue);
        foreach (int value in values)
        {
            (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
        }

        return (minimum, maximum);
    }

    /// <summary>Notes an axis, for when a captured step gets other indices in the place of these.</summary>
    public void LimitTo(string operation, Shape shape, int axis)
    {
        if (shape[axis] < Limit)
        {
            Limit = shape[axis];
            _use = $"{operation} along axis {axis} of {shape}";
        }
    }

    /// <summary>Refuses indices that would leave an axis.</summary>
    public void RefuseBeyondLimit(int input, int minimum, int maximum)
    {
        if (minimum < 0 || maximum >= Limit)
        {
            int value = minimum < 0 ? minimum : maximum;
            throw new ArgumentException(Limit == int.MaxValue
                ? $"Run: input {input} has the index {value}; indices are not negative."
                : $"Run: input {input} has the index {value}; the step uses it in {_use}, which takes 0 to {Limit - 1}.");
        }
    }
}
