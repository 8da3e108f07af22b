using System.Runtime.CompilerServices;

namespace Autodiff;

public partial class Tensor<T>
{
    /// <summary>A C# range along each of the leading axes, as in <c>x[.., 2..^1]</c>, without copying; axes without a range are taken whole.</summary>
    /// <inheritdoc cref="Ops.Slice{T}(Tensor{T}, ReadOnlySpan{Range})"/>
    [IndexerName("Window")] // Item is the only element.
    public Tensor<T> this[params ReadOnlySpan<Range> ranges] => this.Slice(ranges);
}
