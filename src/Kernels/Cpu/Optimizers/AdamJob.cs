using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>One Adam step of several parameters in one pass; see <see cref="AdamStep"/>.</summary>
internal unsafe struct AdamJob<T> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 13;

    private Segment* _segments;
    private int _count;
    private long _elements;
    private Constants _constants;

    /// <summary>Steps all parameters.</summary>
    /// <param name="segments">The arrays of each parameter, by ascending <see cref="Segment.Start"/>.</param>
    /// <param name="count">The number of parameters.</param>
    /// <param name="elements">The elements of all parameters together.</param>
    /// <param name="step">The numbers of the step.</param>
    public static void Run(Segment* segments, int count, long elements, in AdamStep step)
    {
        var job = new AdamJob<T> { _segments = segments, _count = count, _elements = elements, _constants = new Constants(step) };
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
                Run(
                    segment.Parameter + from, segment.Gradient + from, segment.FirstMoment + from, segment.SecondMoment + from,
                    (nint)(to - from), _constants);
            }
        }
    }

    // No fused multiply-adds: the vectors and the single numbers at the end then round alike, and as PyTorch's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(T* p, T* g, T* m, T* v, nint count, in Constants constants)
    {
        Constants c = constants;
        nint i = 0, lanes = Vector256<T>.Count;
        for (; i + lanes <= count; i += lanes)
        {
            Vector256<T> parameter = Vector256.Load(p + i), gradient = Vector256.Load(g + i);
            if (c.Decays)
            {
                if (c.Decoupled)
                {
                    parameter *= c.Shrink;
                }
                else
                {
                    gradient += parameter * c.Decay;
                }
            }
            Vector256<T> first = Vector256.Load(m + i), second = Vector256.Load(v + i) * c.Beta2;
            first += (gradient - first) * c.Rest1;
            second += gradient * c.Rest2 * gradient;
            first.Store(m + i);
            second.Store(v + i);
            Vector256<T> divisor = Vector256.Sqrt(second) / Vector256.Create(c.Correction) + Vector256.Create(c.Epsilon);
            (parameter - first * c.StepSize / divisor).Store(p + i);
        }
        for (; i < count; i++)
        {
            T parameter = p[i], gradient = g[i];
            if (c.Decays)
            {
                if (c.Decoupled)
                {
                    parameter *= c.Shrink;
                }
                else
                {
                    gradient += parameter * c.Decay;
                }
            }
            T first = m[i], second = v[i] * c.Beta2;
            first += (gradient - first) * c.Rest1;
            second += gradient * c.Rest2 * gradient;
            m[i] = first;
            v[i] = second;
            p[i] = parameter - first * c.StepSize / (T.Sqrt(second) / c.Correction + c.Epsilon);
        }
    }

    /// <summary>The four arrays of a parameter, and where it stands among all.</summary>
    internal struct Segment
    {
        public T* Parameter, Gradient, FirstMoment, SecondMoment;
        public long Start, Length;
    }

    private readonly struct Constants(in AdamStep step)
    {
        public readonly T Rest1 = Number(1 - step.Beta1), Beta2 = Number(step.Beta2), Rest2 = Number(1 - step.Beta2);
        public readonly T StepSize = Number(step.StepSize), Correction = Number(step.SecondMomentCorrection);
        public readonly T Epsilon = Number(step.Epsilon), Decay = Number(step.WeightDecay);
        public readonly T Shrink = Number(1 - step.LearningRate * step.WeightDecay);
        public readonly bool Decays = step.WeightDecay != 0, Decoupled = step.Decoupled;

        // T.CreateChecked boxes until the JIT has optimized the caller.
        private static T Number(double value) =>
            typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value);
    }
}
