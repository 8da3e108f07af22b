using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>For a few rows times a B whose columns are adjacent: each row of C is a sum of rows of B, which is read in place.</summary>
internal static unsafe class RowsMatMul<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The fewest columns that this way is for: a vector's, in 256 bits of floats.</summary>
    public const int MinColumns = 8;

    // Rows of B that are read side by side: as many as hardware prefetchers follow.
    private const int Depth = 16;

    private static int Strip => 8 * Vector256<T>.Count;

    public static void Run(in MatMulProblem<T> problem)
    {
        var job = new Job(problem);
        int strips = (problem.N + Strip - 1) / Strip;
        Workers.Run(ref job, Workers.Parts(strips, Math.Max(1, (1 << 16) / Math.Max(1, problem.Work / strips))));
    }

    private readonly struct Job(in MatMulProblem<T> problem) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;

        public void Run(int part, int parts)
        {
            int strips = (_problem.N + Strip - 1) / Strip;
            int j = (int)((long)strips * part / parts) * Strip, end = Math.Min((int)((long)strips * (part + 1) / parts) * Strip, _problem.N);
            for (int p = 0; p < _problem.K; p += Depth)
            {
                int k = Math.Min(Depth, _problem.K - p);
                for (int at = j; at + Strip <= end; at += Strip)
                {
                    for (int i = 0; i < _problem.M; i++)
                    {
                        T* a = _problem.A + i * _problem.ARow + p * _problem.AColumn;
                        Whole(k, a, _problem.AColumn, _problem.B + p * _problem.BRow + at, _problem.BRow, _problem.C + i * _problem.CRow + at, p > 0);
                    }
                }
            }
            int rest = (end - j) % Strip;
            for (int i = 0; i < _problem.M && rest > 0; i++)
            {
                T* a = _problem.A + i * _problem.ARow, c = _problem.C + i * _problem.CRow + end - rest;
                Rest(_problem.K, rest, a, _problem.AColumn, _problem.B + end - rest, _problem.BRow, c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Whole(int k, T* a, nint aStep, T* b, nint bRow, T* c, bool accumulate)
    {
        Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        int lanes = Vector256<T>.Count;
        if (accumulate)
        {
            (s0, s1, s2, s3) = (Vector256.Load(c), Vector256.Load(c + lanes), Vector256.Load(c + 2 * lanes), Vector256.Load(c + 3 * lanes));
            (s4, s5) = (Vector256.Load(c + 4 * lanes), Vector256.Load(c + 5 * lanes));
            (s6, s7) = (Vector256.Load(c + 6 * lanes), Vector256.Load(c + 7 * lanes));
        }
        for (; k > 0; k--, a += aStep, b += bRow)
        {
            var x = Vector256.Create(*a);
            s0 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b), s0);
            s1 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b + lanes), s1);
            s2 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b + 2 * lanes), s2);
            s3 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b + 3 * lanes), s3);
            s4 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b + 4 * lanes), s4);
            s5 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b + 5 * lanes), s5);
            s6 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b + 6 * lanes), s6);
            s7 = Simd256<T>.MultiplyAdd(x, Vector256.Load(b + 7 * lanes), s7);
        }
        s0.Store(c);
        s1.Store(c + lanes);
        s2.Store(c + 2 * lanes);
        s3.Store(c + 3 * lanes);
        s4.Store(c + 4 * lanes);
        s5.Store(c + 5 * lanes);
        s6.Store(c + 6 * lanes);
        s7.Store(c + 7 * lanes);
    }

    // The last vector shares columns with the one before: the same bits again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rest(int k, int n, T* a, nint aStep, T* b, nint bRow, T* c)
    {
        int lanes = Vector256<T>.Count;
        for (int j = 0; j < n; j += lanes)
        {
            T* from = b + Math.Min(j, n - lanes), x = a;
            Vector256<T> sum = default;
            for (int p = 0; p < k; p++, x += aStep, from += bRow)
            {
                sum = Simd256<T>.MultiplyAdd(Vector256.Create(*x), Vector256.Load(from), sum);
            }

            sum.Store(c + Math.Min(j, n - lanes));
        }
    }
}
