using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Four numbers that lie side by side: read and written in one or two memory transactions.</summary>
internal struct Four<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public T X, Y, Z, W;

    /// <summary>sum + factor · v, each rounded once.</summary>
    public static Four<T> MultiplyAdd(T factor, Four<T> v, Four<T> sum) => new()
    {
        X = DeviceMath.MultiplyAdd(factor, v.X, sum.X),
        Y = DeviceMath.MultiplyAdd(factor, v.Y, sum.Y),
        Z = DeviceMath.MultiplyAdd(factor, v.Z, sum.Z),
        W = DeviceMath.MultiplyAdd(factor, v.W, sum.W),
    };
}
