using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Compares a function of floats with its values in double, for many or for all bit patterns.</summary>
/// <remarks>
/// A result is right to half an ulp where it is the float nearest to the double that <typeparamref name="TDouble"/>'s vector body gives, which
/// is quick to see. Every other one is compared with <paramref name="reference"/>, the platform's functions of doubles; so is every 64th
/// vector, whatever it gives, and there also the scalar body. Being off by a few ulp of a double is 1e-8 ulp of a float.
/// </remarks>
internal sealed class SingleScan<TOp, TDouble>(TOp op, TDouble inDouble, Func<double, double> reference) : ISingleScan
    where TOp : struct, IUnaryKernel<float>
    where TDouble : struct, IUnaryKernel<double>
{
    private const int Block = 1 << 12;

    /// <inheritdoc/>
    public SingleScanResult All()
    {
        var total = new SingleScanResult();
        Parallel.ForEach(
            Partitioner.Create(0L, 1L << 32, 1 << 22),
            () => new SingleScanResult(),
            (range, _, result) =>
            {
                Span<float> x = stackalloc float[Block];
                for (long first = range.Item1; first < range.Item2; first += Block)
                {
                    for (int i = 0; i < Block; i++)
                    {
                        x[i] = BitConverter.UInt32BitsToSingle((uint)(first + i));
                    }

                    CheckFast(x, result);
                    CheckWide(x, result);
                }
                return result;
            },
            result =>
            {
                lock (total)
                {
                    total.Add(result);
                }
            });
        return total;
    }

    /// <inheritdoc/>
    public SingleScanResult Sample(int seed)
    {
        var random = new Random(seed);
        var result = new SingleScanResult();
        Span<float> x = stackalloc float[Block];
        for (uint run = 0; run < 1 << 20;)
        {
            for (int i = 0; i < Block; i++, run++)
            {
                x[i] = BitConverter.UInt32BitsToSingle((run << 12) + (uint)random.Next(1 << 12));
            }

            Check(x, result);
            CheckWide(x, result);
            CheckPlaces(x, result);
        }
        return result;
    }

    /// <inheritdoc/>
    public SingleScanResult Points(params ReadOnlySpan<float> points)
    {
        var result = new SingleScanResult();
        float[] x = new float[(points.Length + 15) / 16 * 16];
        x.AsSpan().Fill(points[^1]);
        points.CopyTo(x);
        Check(x, result);
        CheckWide(x, result);
        CheckPlaces(x, result);
        return result;
    }

    private void CheckFast(ReadOnlySpan<float> x, SingleScanResult result)
    {
        int lanes = Vector256<float>.Count;
        for (int at = 0; at < x.Length; at += lanes)
        {
            var values = Vector256.Create(x[at..]);
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(values);
            Vector256<float> nearest = Vector256.Narrow(inDouble.Invoke(low), inDouble.Invoke(high)), actual = op.Invoke(values);
            Vector256<int> same = Vector256.Equals(actual.AsInt32(), nearest.AsInt32()) | (Vector256.IsNaN(actual) & Vector256.IsNaN(nearest)).AsInt32();
            if (same == Vector256<int>.AllBitsSet && at % (64 * lanes) != 0)
            {
                result.AddRounded(lanes);
            }
            else
            {
                Check(x.Slice(at, lanes), result);
            }
        }
    }

    /// <summary>The wide body, where there is one, must give the bits of the narrow one.</summary>
    private void CheckWide(ReadOnlySpan<float> x, SingleScanResult result)
    {
        int lanes = Vector256<float>.Count;
        for (int at = 0; TOp.IsWide && at < x.Length; at += 2 * lanes)
        {
            Vector512<float> wide = op.Invoke(Vector512.Create(x[at..]));
            var narrow = Vector512.Create(op.Invoke(Vector256.Create(x[at..])), op.Invoke(Vector256.Create(x[(at + lanes)..])));
            if (wide.AsInt32() != narrow.AsInt32())
            {
                result.AddWrong(x[at]);
            }
        }
    }

    /// <summary>A result must not depend on what stands beside its argument: where vectors begin depends on the number of threads.</summary>
    private void CheckPlaces(ReadOnlySpan<float> x, SingleScanResult result)
    {
        int lanes = Vector256<float>.Count;
        for (int at = 0; at < x.Length; at += lanes)
        {
            var values = Vector256.Create(x[at..]);
            Vector256<int> together = op.Invoke(values).AsInt32();
            foreach (float stranger in (ReadOnlySpan<float>)[0.3f, float.MaxValue, float.NegativeInfinity, float.NaN])
            {
                Vector256<int> beside = op.Invoke(values.WithElement(at / lanes % lanes, stranger)).AsInt32();
                for (int lane = 0; lane < lanes; lane++)
                {
                    if (lane != at / lanes % lanes && together[lane] != beside[lane])
                    {
                        result.AddWrong(x[at + lane]);
                    }
                }
            }
        }
    }

    private void Check(ReadOnlySpan<float> x, SingleScanResult result)
    {
        Span<float> lanes = stackalloc float[Vector256<float>.Count];
        for (int at = 0; at < x.Length; at += lanes.Length)
        {
            op.Invoke(Vector256.Create(x[at..])).CopyTo(lanes);
            for (int i = 0; i < lanes.Length; i++)
            {
                result.Add(x[at + i], lanes[i], op.Invoke(x[at + i]), reference(x[at + i]));
            }
        }
    }
}
