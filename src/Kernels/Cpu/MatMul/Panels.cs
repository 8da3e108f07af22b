namespace Autodiff.Kernels;

/// <summary>Where the panels of an operand lie: packed, or read in place with only the last, incomplete panel packed.</summary>
/// <param name="Data">The first panel.</param>
/// <param name="Panel">The step from panel to panel.</param>
/// <param name="Line">The step from row to row (of A); 1 where packed.</param>
/// <param name="Step">The step along k.</param>
/// <param name="Edge">The last panel where it is incomplete: always packed.</param>
internal readonly unsafe record struct Panels<T>(nint Data, nint Panel, nint Line, nint Step, nint Edge)
    where T : unmanaged
{
    /// <summary>The first element of a complete panel.</summary>
    public T* At(nint panel) => (T*)Data + panel * Panel;
}
