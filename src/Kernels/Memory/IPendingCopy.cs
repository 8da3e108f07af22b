namespace Autodiff.Kernels;

/// <summary>A copy to host memory that is under way.</summary>
internal interface IPendingCopy<T>
    where T : unmanaged
{
    /// <summary>Whether the elements have arrived.</summary>
    bool IsDone { get; }

    /// <summary>Waits for the elements and hands them over; called once.</summary>
    void Finish(Span<T> destination);
}
