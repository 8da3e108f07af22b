using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>The 8 by 8 sums of one thread, row by row: Low are its first four columns, High the other four. Fields, since arrays would not stay in registers.</summary>
/// <remarks>In tiles of four rows per thread the last four are never touched, and take no registers.</remarks>
internal struct TileSum<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Four<T> Low0, High0, Low1, High1, Low2, High2, Low3, High3, Low4, High4, Low5, High5, Low6, High6, Low7, High7;

    /// <summary>Adds the products of four numbers of the left factor and eight of the right one to the first four rows.</summary>
    public void AddUpper(Four<T> left, Four<T> right, Four<T> rightHigh)
    {
        Low0 = MultiplyAdd(left.X, right, Low0);
        High0 = MultiplyAdd(left.X, rightHigh, High0);
        Low1 = MultiplyAdd(left.Y, right, Low1);
        High1 = MultiplyAdd(left.Y, rightHigh, High1);
        Low2 = MultiplyAdd(left.Z, right, Low2);
        High2 = MultiplyAdd(left.Z, rightHigh, High2);
        Low3 = MultiplyAdd(left.W, right, Low3);
        High3 = MultiplyAdd(left.W, rightHigh, High3);
    }

    /// <summary>The same for the last four rows.</summary>
    public void AddLower(Four<T> left, Four<T> right, Four<T> rightHigh)
    {
        Low4 = MultiplyAdd(left.X, right, Low4);
        High4 = MultiplyAdd(left.X, rightHigh, High4);
        Low5 = MultiplyAdd(left.Y, right, Low5);
        High5 = MultiplyAdd(left.Y, rightHigh, High5);
        Low6 = MultiplyAdd(left.Z, right, Low6);
        High6 = MultiplyAdd(left.Z, rightHigh, High6);
        Low7 = MultiplyAdd(left.W, right, Low7);
        High7 = MultiplyAdd(left.W, rightHigh, High7);
    }

    /// <summary>sum + factor · v, each rounded once.</summary>
    private static Four<T> MultiplyAdd(T factor, Four<T> v, Four<T> sum) => new()
    {
        X = DeviceMath.MultiplyAdd(factor, v.X, sum.X),
        Y = DeviceMath.MultiplyAdd(factor, v.Y, sum.Y),
        Z = DeviceMath.MultiplyAdd(factor, v.Z, sum.Z),
        W = DeviceMath.MultiplyAdd(factor, v.W, sum.W),
    };
}
