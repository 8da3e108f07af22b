namespace Autodiff.Kernels;

/// <summary>A <see cref="ParameterSlot{T}"/> as it lies in a table: its arrays by their addresses.</summary>
internal struct SlotEntry
{
    /// <summary>Where the arrays begin, counted in elements from address 0.</summary>
    public long Parameter, Gradient, First, Second;

    public int Count, FirstGroup, Groups, IsWhole;
}
