namespace Autodiff.Kernels;

/// <summary>Which part of a row kernel a launch does.</summary>
internal static class RowStage
{
    /// <summary>Everything: a group has whole rows.</summary>
    public const int All = 0;

    /// <summary>What the first round finds in each chunk.</summary>
    public const int First = 1;

    /// <summary>What the second round finds in each chunk; the chunks' first ones are joined by every group.</summary>
    public const int Second = 2;

    /// <summary>The results; the chunks' first and second rounds are joined by every group.</summary>
    public const int Results = 3;
}
