namespace Autodiff;

public partial class Tensor<T>
{
    // Scaling adds -0, not 0: x + -0 is x for every x, also for -0.

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
    public static Tensor<T> operator *(Tensor<T> left, T right) => left.Affine(right, T.NegativeZero);

    /// <inheritdoc cref="Ops.Affine{T}(Tensor{T}, T, T)"/>
    public static Tensor<T> operator *(T left, Tensor<T> right) => right.Affine(left, T.NegativeZero);

    /// <inheritdoc cref="Ops.Divide{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator /(Tensor<T> left, Tensor<T> right) => left.Divide(right);

    /// <inheritdoc cref="Ops.Divide{T}(Tensor{T}, T)"/>
    public static Tensor<T> operator /(Tensor<T> left, T right) => left.Divide(right);

    /// <inheritdoc cref="Ops.Reciprocal{T}(Tensor{T}, T)"/>
    public static Tensor<T> operator /(T left, Tensor<T> right) => right.Reciprocal(left);


    /// <inheritdoc cref="Ops.LessThan{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator <(Tensor<T> left, Tensor<T> right) => left.LessThan(right);

    /// <inheritdoc cref="Ops.LessThan{T}(Tensor{T}, T)"/>
    public static Tensor<T> operator <(Tensor<T> left, T right) => left.LessThan(right);

    /// <inheritdoc cref="Ops.GreaterThan{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator >(Tensor<T> left, Tensor<T> right) => left.GreaterThan(right);

    /// <inheritdoc cref="Ops.GreaterThan{T}(Tensor{T}, T)"/>
    public static Tensor<T> operator >(Tensor<T> left, T right) => left.GreaterThan(right);

    /// <inheritdoc cref="Ops.LessThanOrEqual{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator <=(Tensor<T> left, Tensor<T> right) => left.LessThanOrEqual(right);

    /// <inheritdoc cref="Ops.LessThanOrEqual{T}(Tensor{T}, T)"/>
    public static Tensor<T> operator <=(Tensor<T> left, T right) => left.LessThanOrEqual(right);

    /// <inheritdoc cref="Ops.GreaterThanOrEqual{T}(Tensor{T}, Tensor{T})"/>
    public static Tensor<T> operator >=(Tensor<T> left, Tensor<T> right) => left.GreaterThanOrEqual(right);

    /// <inheritdoc cref="Ops.GreaterThanOrEqual{T}(Tensor{T}, T)"/>
    public static Tensor<T> operator >=(Tensor<T> left, T right) => left.GreaterThanOrEqual(right);
}
