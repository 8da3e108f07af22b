namespace Autodiff;

public partial class Tensor<T>
{
    /// <inheritdoc cref="Ops.Add{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator +(Tensor<T> left, Tensor<T> right) => left.Add(right);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator +(Tensor<T> left, T right) => left.Affine(T.One, right);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator +(T left, Tensor<T> right) => right.Affine(T.One, left);

    /// <inheritdoc cref="Ops.Subtract{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator -(Tensor<T> left, Tensor<T> right) => left.Subtract(right);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator -(Tensor<T> left, T right) => left.Affine(T.One, -right);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator -(T left, Tensor<T> right) => right.Affine(-T.One, left);

    /// <inheritdoc cref="Ops.Negate{T}(Tensor{T})"/>
    public static Tensor<T> operator -(Tensor<T> x) => x.Negate();

    /// <inheritdoc cref="Ops.Multiply{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator *(Tensor<T> left, Tensor<T> right) => left.Multiply(right);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator *(Tensor<T> left, T right) => left.Affine(right, T.Zero);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator *(T left, Tensor<T> right) => right.Affine(left, T.Zero);

    /// <inheritdoc cref="Ops.Divide{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator /(Tensor<T> left, Tensor<T> right) => left.Divide(right);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator /(Tensor<T> left, T right) => left.Affine(T.One / right, T.Zero);

    /// <inheritdoc cref="Ops.Divide{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator /(T left, Tensor<T> right) => Tensor.Scalar(left, right.Device).Divide(right);
}
