namespace Autodiff.Kernels;

/// <summary>The geometry of sliding windows over planes, as a kernel argument.</summary>
internal struct FoldPlan
{
    /// <summary>The number of elements that are computed.</summary>
    public uint Count;

    /// <summary>The sizes of a plane that windows slide over.</summary>
    public int Height, Width;

    /// <summary>The numbers of windows down and across.</summary>
    public int OutputHeight, OutputWidth;

    /// <summary>The windows.</summary>
    public int SizeDown, SizeAcross, StrideDown, StrideAcross, PaddingDown, PaddingAcross, DilationDown, DilationAcross;

    /// <summary>Where the elements begin in the input and the output.</summary>
    public int Source, Target;

    public FoldPlan(int count, Shape images, SlidingWindow rows, SlidingWindow columns)
    {
        Count = (uint)count;
        (Height, Width) = (images[2], images[3]);
        (OutputHeight, OutputWidth) = (rows.Outputs(Height), columns.Outputs(Width));
        (SizeDown, StrideDown, PaddingDown, DilationDown) = (rows.Size, rows.Stride, rows.Padding, rows.Dilation);
        (SizeAcross, StrideAcross, PaddingAcross, DilationAcross) = (columns.Size, columns.Stride, columns.Padding, columns.Dilation);
    }
}
