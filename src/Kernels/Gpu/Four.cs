using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Four numbers that lie side by side: read and written in one or two memory transactions.</summary>
internal struct Four<T>
    where T : unmanaged, INumber<T>
{
    public T X, Y, Z, W;

    public Four(T x, T y, T z, T w)
    {
        X = x;
        Y = y;
        Z = z;
        W = w;
    }

    /// <summary>The last three, then another: a loop over four numbers in registers.</summary>
    public readonly Four<T> Then(T last) => new(Y, Z, W, last);

    /// <summary>sum + factor · v, which compilers fuse.</summary>
    public static Four<T> MultiplyAdd(T factor, Four<T> v, Four<T> sum) => new()
    {
        X = factor * v.X + sum.X,
        Y = factor * v.Y + sum.Y,
        Z = factor * v.Z + sum.Z,
        W = factor * v.W + sum.W,
    };
}
