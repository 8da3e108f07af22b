using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Makes tensors.</summary>
public static class Tensor
{
    /// <summary>Bytes that <see cref="Create{T}(Shape, SpanAction{T, int}, Device)"/> asks for at a time: few enough to stay in a core's cache on their way to the device.</summary>
    private const int PieceBytes = 1 << 19;

    /// <summary>A tensor with the given values, in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static Tensor<T> Create<T>(ReadOnlySpan<T> values, Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (values.Length != shape.Count)
        {
            throw new ArgumentException($"Create: shape {shape} has {shape.Count} elements; {values.Length} values were given.");
        }

        View<T> view = Tape.Rent<T>(device ?? Device.Default, shape);
        view.Device.Upload(values, view.Storage, 0);
        return new Tensor<T>(view);
    }

    /// <summary>A tensor with the given values, in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static Tensor<T> Create<T>(T[] values, Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Create((ReadOnlySpan<T>)values, shape, device);

    /// <summary>A tensor whose values are made while they are uploaded, a few slices along the first axis at a time: there is never a second copy of them.</summary>
    /// <param name="shape">At least one axis.</param>
    /// <param name="write">
    /// Fills the span with the values, in row-major order, of slices along the first axis, the first of which is the second argument. What the span holds before is undefined.
    /// </param>
    /// <param name="device">Where the tensor is; null for the default device.</param>
    /// <exception cref="ArgumentException">The shape has no axis.</exception>
    /// <remarks>A mini-batch of rows of a large array, gathered and standardized on the way to the device:
    /// <code>
    /// var batch = Tensor.Create&lt;float&gt;([rows.Length, columns], (values, first) =>
    /// {
    ///     for (var i = 0; i &lt; values.Length / columns; i++)
    ///         TensorPrimitives.Subtract(data.AsSpan(rows[first + i] * columns, columns), means, values[(i * columns)..]);
    /// });
    /// </code>
    /// </remarks>
    public static Tensor<T> Create<T>(Shape shape, SpanAction<T, int> write, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (shape.Rank == 0)
        {
            throw new ArgumentException("Create: values are written slice by slice along the first axis, and a scalar has none; use Tensor.Scalar.");
        }

        View<T> view = Tape.Rent<T>(device ?? Device.Default, shape);
        if (shape.Count == 0)
        {
            return new Tensor<T>(view);
        }

        int slice = shape.Count / shape[0];
        int slices = Math.Clamp(PieceBytes / Unsafe.SizeOf<T>() / slice, 1, shape[0]);
        T[] piece = ArrayPool<T>.Shared.Rent(slices * slice);
        try
        {
            for (int first = 0; first < shape[0]; first += slices)
            {
                Span<T> values = piece.AsSpan(0, Math.Min(slices, shape[0] - first) * slice);
                write(values, first);
                view.Device.Upload<T>(values, view.Storage, first * slice);
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(piece);
        }

        return new Tensor<T>(view);
    }

    /// <summary>A one-dimensional tensor with the given values.</summary>
    public static Tensor<T> Create<T>(params T[] values)
        where T : unmanaged, IFloatingPointIeee754<T> => Create(values, [values.Length]);

    /// <summary>A scalar.</summary>
    public static Tensor<T> Scalar<T>(T value, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Full([], value, device);

    /// <summary>A tensor of one value.</summary>
    public static Tensor<T> Full<T>(Shape shape, T value, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> view = Tape.Rent<T>(device ?? Device.Default, shape);
        view.Device.Fill(view, value);
        return new Tensor<T>(view);
    }

    /// <summary>A tensor of zeros.</summary>
    public static Tensor<T> Zeros<T>(Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Full(shape, T.Zero, device);

    /// <summary>A tensor of ones.</summary>
    public static Tensor<T> Ones<T>(Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Full(shape, T.One, device);

    /// <summary>0, 1, ..., count - 1.</summary>
    public static Tensor<T> Arange<T>(int count, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = T.CreateChecked(i);
        }

        return Create(values, [count], device);
    }
}
