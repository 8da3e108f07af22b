namespace Autodiff.Kernels;

/// <summary>Four numbers that lie side by side: read and written in one or two memory transactions.</summary>
internal struct Four<T>
    where T : unmanaged
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
}
