using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Square, elementwise: y = x². Derivative: dy/dx = 2x.</summary>
    public static Tensor<T> Square<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x * x;
}
