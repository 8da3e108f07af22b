using System.Numerics;
using System.Runtime.InteropServices;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A tensor of a safetensors file in host memory.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Values">The elements in row-major order: an array of float or of double.</param>
internal sealed record SafeTensorsEntry(Shape Shape, Array Values)
{
    /// <summary>The format's name of the element type.</summary>
    public string ElementType => Values is float[] ? "F32" : Values is double[] ? "F64"
        : throw new NotSupportedException($"safetensors: elements of type {Values.GetType().GetElementType()} cannot be written; float "
            + "and double can.");

    /// <summary>The elements as they stand in the file.</summary>
    public Span<byte> Bytes => Values is float[] singles
        ? MemoryMarshal.AsBytes(singles.AsSpan())
        : MemoryMarshal.AsBytes(((double[])Values).AsSpan());

    /// <summary>The elements in the precision asked for.</summary>
    public T[] As<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Values as T[] ?? (Values is float[] singles
            ? Array.ConvertAll(singles, T.CreateTruncating)
            : Array.ConvertAll((double[])Values, T.CreateTruncating));
}
