using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Decoder.Simulation;

/// <summary>
/// sums[j, t] = sum over k of weights[k, j] rows[k, t] for four j at a time: a matrix product whose short side is in registers. Multiplies and adds
/// separately and in the order of k, so that the result is the same bits whatever the vector width and with or without FMA.
/// </summary>
internal static class WeightedSum
{
    /// <summary>Rows of output per call.</summary>
    public const int Outputs = 4;

    /// <param name="weights">k-major, K x 4.</param>
    /// <param name="rows">K x <paramref name="stride"/>.</param>
    /// <param name="sums">4 x <paramref name="stride"/>, overwritten.</param>
    /// <param name="stride">Length of a row, a multiple of <see cref="TrialSequence.Alignment"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(ReadOnlySpan<float> weights, ReadOnlySpan<float> rows, Span<float> sums, int stride)
    {
        var count = weights.Length / Outputs;
        var width = Vector<float>.Count;
        if (rows.Length < count * stride || sums.Length < Outputs * stride || stride % (2 * width) != 0)
        {
            throw new ArgumentException($"{count} rows of {stride} values do not fit spans of {rows.Length} and {sums.Length} values.");
        }

        ref var row = ref MemoryMarshal.GetReference(rows);
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (var t = 0; t < stride; t += 2 * width)
        {
            Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
            for (var k = 0; k < count; k++)
            {
                var x0 = Vector.LoadUnsafe(ref row, (nuint)(k * stride + t));
                var x1 = Vector.LoadUnsafe(ref row, (nuint)(k * stride + t + width));
                var wa = Vector.Create(Unsafe.Add(ref weight, k * Outputs));
                a0 += wa * x0;
                a1 += wa * x1;
                var wb = Vector.Create(Unsafe.Add(ref weight, k * Outputs + 1));
                b0 += wb * x0;
                b1 += wb * x1;
                var wc = Vector.Create(Unsafe.Add(ref weight, k * Outputs + 2));
                c0 += wc * x0;
                c1 += wc * x1;
                var wd = Vector.Create(Unsafe.Add(ref weight, k * Outputs + 3));
                d0 += wd * x0;
                d1 += wd * x1;
            }

            a0.StoreUnsafe(ref sum, (nuint)t);
            a1.StoreUnsafe(ref sum, (nuint)(t + width));
            b0.StoreUnsafe(ref sum, (nuint)(stride + t));
            b1.StoreUnsafe(ref sum, (nuint)(stride + t + width));
            c0.StoreUnsafe(ref sum, (nuint)(2 * stride + t));
            c1.StoreUnsafe(ref sum, (nuint)(2 * stride + t + width));
            d0.StoreUnsafe(ref sum, (nuint)(3 * stride + t));
            d1.StoreUnsafe(ref sum, (nuint)(3 * stride + t + width));
        }
    }
}
