using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <content>
/// The same in 512 bits where results are normal numbers: the operations of the narrow bodies in their order, so that the bits are the same
/// wherever an element stands. Vectors with other arguments go through the narrow bodies.
/// </content>
internal static partial class SingleVector
{
    // A mask of sixteen lanes, all set.
    private const ulong AllWideLanes = 0xFFFF;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) =>
        IsModerate(x) ? ExpOfModerate(x) : Vector512.Create(Exp(x.GetLower()), Exp(x.GetUpper()));

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        if (!IsModerate(x))
        {
            return Vector512.Create(Sigmoid(x.GetLower()), Sigmoid(x.GetUpper()));
        }

        Vector512<float> one = Vector512<float>.One, e = ExpOfModerate(-x), sum = one + e, y = one / sum;
        return Vector512.FusedMultiplyAdd(-y, y * (one - (sum - e)), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsModerate(Vector512<float> x) =>
        Vector512.LessThanOrEqual(Vector512.Abs(x), Vector512.Create(87f)).ExtractMostSignificantBits() == AllWideLanes;

    /// <summary>See <see cref="ExpOfRest"/> and <see cref="WithExponent"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ExpOfModerate(Vector512<float> x)
    {
        Vector512<float> rounder = Vector512.Create(Rounder), sum = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), rounder);
        Vector512<float> n = sum - rounder, exact = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693145752f), x);
        Vector512<float> little = n * Vector512.Create(-1.42860677e-6f), r = exact + little, square = r * r;
        Vector512<float> high = Vector512.FusedMultiplyAdd(r, Vector512.Create(1.9875691500e-4f), Vector512.Create(1.3981999507e-3f));
        Vector512<float> middle = Vector512.FusedMultiplyAdd(r, Vector512.Create(8.3334519073e-3f), Vector512.Create(4.1665795894e-2f));
        Vector512<float> low = Vector512.FusedMultiplyAdd(r, Vector512.Create(1.6666665459e-1f), Vector512.Create(5.0000001201e-1f));
        Vector512<float> p = Vector512.FusedMultiplyAdd(Vector512.FusedMultiplyAdd(high, square, middle), square, low);
        p = exact + Vector512.FusedMultiplyAdd(p, square, little) + Vector512<float>.One;
        return (p.AsInt32() + (sum.AsInt32() << 23)).AsSingle();
    }
}
