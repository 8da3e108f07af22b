namespace Autodiff.Kernels;

/// <summary>Where the results of a convolution go, by the steps of each axis.</summary>
/// <param name="Data">The first element.</param>
/// <param name="Image">The step from image to image.</param>
/// <param name="Plane">The step from plane to plane.</param>
/// <param name="Row">The step from row to row.</param>
/// <param name="Column">The step from column to column.</param>
internal readonly unsafe record struct WindowTarget<T>(nint Data, nint Image, nint Plane, nint Row, nint Column)
    where T : unmanaged
{
    /// <summary>The first element of a plane.</summary>
    public T* At(int image, int plane) => (T*)Data + image * Image + plane * Plane;
}
