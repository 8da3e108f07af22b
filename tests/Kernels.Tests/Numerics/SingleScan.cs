using System.Collections.Concurrent;
using System.Runtime.Intrinsics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Compares a function of floats, both its bodies, with its value in double for many or for all bit patterns.</summary>
/// <remarks>A reference that is right to a few ulp of a double is in error by 1e-8 ulp of a float.</remarks>
internal sealed class SingleScan<TOp>(TOp op, Func<double, double> reference) : ISingleScan
    where TOp : struct, IUnaryKernel<float>
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
                        x[i] = BitConverter.UInt32BitsToSingle((uint)(first + i));
                    Check(x, result);
                }
                return result;
            },
            result =>
            {
                lock (total)
                    total.Add(result);
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
                x[i] = BitConverter.UInt32BitsToSingle((run << 12) + (uint)random.Next(1 << 12));
            Check(x, result);
        }
        return result;
    }

    /// <inheritdoc/>
    public SingleScanResult Points(params ReadOnlySpan<float> points)
    {
        var result = new SingleScanResult();
        float[] x = new float[(points.Length + 7) / 8 * 8];
        x.AsSpan().Fill(points[^1]);
        points.CopyTo(x);
        Check(x, result);
        return result;
    }

    private void Check(ReadOnlySpan<float> x, SingleScanResult result)
    {
        Span<float> lanes = stackalloc float[Vector256<float>.Count];
        for (int at = 0; at < x.Length; at += lanes.Length)
        {
            op.Invoke(Vector256.Create(x[at..])).CopyTo(lanes);
            for (int i = 0; i < lanes.Length; i++)
                result.Add(x[at + i], lanes[i], op.Invoke(x[at + i]), reference(x[at + i]));
        }
    }
}
