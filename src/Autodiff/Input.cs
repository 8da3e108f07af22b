using System.Numerics;

namespace Autodiff;

/// <summary>A vector-Jacobian product: from the gradient of an operation's output (and the output itself) the gradient of one of its inputs.</summary>
/// <param name="gradient">dL/dy, of the output's shape.</param>
/// <param name="output">The output y.</param>
/// <returns>dL/dx = (dy/dx)ᵀ dL/dy, of the input's shape, written in tensor operations so that it can be differentiated again.</returns>
public delegate Tensor<T> VectorJacobianProduct<T>(Tensor<T> gradient, Tensor<T> output)
    where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>An input of a recorded operation, with the derivative with respect to it.</summary>
/// <param name="Tensor">The input.</param>
/// <param name="Vjp">Its vector-Jacobian product; called only where a gradient is wanted.</param>
public readonly record struct Input<T>(Tensor<T> Tensor, VectorJacobianProduct<T> Vjp)
    where T : unmanaged, IFloatingPointIeee754<T>;
