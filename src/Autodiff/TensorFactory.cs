using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Makes tensors.</summary>
public static class Tensor
{
    /// <summary>A tensor with the given values, in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static Tensor<T> Create<T>(ReadOnlySpan<T> values, Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (values.Length != shape.Count)
            throw new ArgumentException($"Create: shape {shape} has {shape.Count} elements; {values.Length} values were given.");
        View<T> view = Tape.Rent<T>(device ?? Device.Default, shape);
        view.Device.Upload(values, view.Storage, 0);
        return new Tensor<T>(view);
    }

    /// <summary>A tensor with the given values, in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    public static Tensor<T> Create<T>(T[] values, Shape shape, Device? device = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Create((ReadOnlySpan<T>)values, shape, device);

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
            values[i] = T.CreateChecked(i);
        return Create(values, [count], device);
    }
}
