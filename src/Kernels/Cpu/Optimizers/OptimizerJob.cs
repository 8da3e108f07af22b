using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>One step of several parameters in one pass.</summary>
internal unsafe struct OptimizerJob<T, TUpdate> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
    where TUpdate : struct, IOptimizerUpdate<T>
{
    private const int Grain = 1 << 13;

    private Segment* _segments;
    private int _count;
    private long _elements;
    private TUpdate _update;

    /// <summary>Steps all parameters.</summary>
    /// <param name="segments">The arrays of each parameter, by ascending <see cref="Segment.Start"/>.</param>
    /// <param name="count">The number of parameters.</param>
    /// <param name="elements">The elements of all parameters together.</param>
    /// <param name="update">What is done to each.</param>
    public static void Run(Segment* segments, int count, long elements, TUpdate update)
    {
        var job = new OptimizerJob<T, TUpdate> { _segments = segments, _count = count, _elements = elements, _update = update };
        Workers.Run(ref job, Workers.Parts(elements, Grain));
    }

    public readonly void Run(int part, int parts)
    {
        long start = _elements * part / parts & ~63, end = part == parts - 1 ? _elements : _elements * (part + 1) / parts & ~63;
        for (int i = 0; i < _count; i++)
        {
            Segment segment = _segments[i];
            long from = Math.Max(start - segment.Start, 0), to = Math.Min(end - segment.Start, segment.Length);
            if (from < to)
            {
                Run(segment.Parameter + from, segment.Gradient + from, segment.First + from, segment.Second + from, (nint)(to - from), _update);
            }
        }
    }

    // No fused multiply-adds in any update: the vectors and the single numbers at the end then round alike, and as PyTorch's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(T* p, T* g, T* m, T* v, nint count, TUpdate update)
    {
        nint i = 0, lanes = Vector256<T>.Count;
        for (; i + lanes <= count; i += lanes)
        {
            Vector256<T> parameter = Vector256.Load(p + i), gradient = Vector256.Load(g + i);
            Vector256<T> first = TUpdate.States > 0 ? Vector256.Load(m + i) : default, second = TUpdate.States > 1 ? Vector256.Load(v + i) : default;
            update.Invoke(ref parameter, gradient, ref first, ref second);
            if (TUpdate.States > 0)
            {
                first.Store(m + i);
            }

            if (TUpdate.States > 1)
            {
                second.Store(v + i);
            }

            parameter.Store(p + i);
        }
        for (; i < count; i++)
        {
            T parameter = p[i], first = TUpdate.States > 0 ? m[i] : default, second = TUpdate.States > 1 ? v[i] : default;
            update.Invoke(ref parameter, g[i], ref first, ref second);
            if (TUpdate.States > 0)
            {
                m[i] = first;
            }

            if (TUpdate.States > 1)
            {
                v[i] = second;
            }

            p[i] = parameter;
        }
    }

    /// <summary>The arrays of a parameter, and where it stands among all.</summary>
    internal struct Segment
    {
        public T* Parameter, Gradient, First, Second;
        public long Start, Length;
    }
}
