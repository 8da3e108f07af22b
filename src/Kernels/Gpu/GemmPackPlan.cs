namespace Autodiff.Kernels;

/// <summary>The sizes and steps of a right factor that is to be packed.</summary>
internal struct GemmPackPlan
{
    /// <summary>The sizes.</summary>
    public int Depth, Columns;

    /// <summary>The steps along its summed axis and its columns.</summary>
    public int Summed, Column;

    /// <summary>Over the batches: where the factor begins, in X.</summary>
    public Walk Batches;
}
