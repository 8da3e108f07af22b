using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// For a thin C whose operands both run along k: each element is a dot product, nothing is packed. Tiles of 3 x 4 share the loads.
/// </summary>
internal static unsafe class DotMatMul<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(in MatMulProblem<T> problem)
    {
        // The longer side gets the four lines of the tile.
        var job = new Job(problem, problem.N >= problem.M);
        int lines = Math.Max(problem.M, problem.N);
        Workers.Run(ref job, Workers.Parts(lines, Math.Max(4, (1 << 16) / Math.Max(1, problem.Work / lines))));
    }

    private readonly struct Job(in MatMulProblem<T> problem, bool byColumns) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;

        public void Run(int part, int parts)
        {
            int lines = byColumns ? _problem.N : _problem.M, others = byColumns ? _problem.M : _problem.N;
            T* x = byColumns ? _problem.A : _problem.B, y = byColumns ? _problem.B : _problem.A;
            nint xLine = byColumns ? _problem.ARow : _problem.BColumn, yLine = byColumns ? _problem.BColumn : _problem.ARow;
            nint xOut = byColumns ? _problem.CRow : 1, yOut = byColumns ? 1 : _problem.CRow;
            int start = (int)((long)lines * part / parts) & ~3, end = part == parts - 1 ? lines : (int)((long)lines * (part + 1) / parts) & ~3;
            for (int j = start; j < end; j += 4)
            {
                for (int i = 0; i < others; i += 3)
                {
                    Tile(
                        _problem.K, x + i * xLine, xLine, Math.Min(3, others - i), y + j * yLine, yLine, Math.Min(4, end - j),
                        _problem.C + i * xOut + j * yOut, xOut, yOut);
                }
            }
        }
    }

    /// <summary>Lines that are missing repeat the last: what they give is not written.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(int k, T* x, nint xLine, int xs, T* y, nint yLine, int ys, T* c, nint xOut, nint yOut)
    {
        T* x0 = x, x1 = xs > 1 ? x0 + xLine : x0, x2 = xs > 2 ? x1 + xLine : x1;
        T* y0 = y, y1 = ys > 1 ? y0 + yLine : y0, y2 = ys > 2 ? y1 + yLine : y1, y3 = ys > 3 ? y2 + yLine : y2;
        Vector256<T> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector256<T> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector256<T> s20 = default, s21 = default, s22 = default, s23 = default;
        int lanes = Vector256<T>.Count, p = 0;
        for (; p + lanes <= k; p += lanes)
        {
            Vector256<T> u = Vector256.Load(x0 + p), v = Vector256.Load(x1 + p), w = Vector256.Load(x2 + p), z = Vector256.Load(y0 + p);
            s00 = Simd256<T>.MultiplyAdd(u, z, s00);
            s10 = Simd256<T>.MultiplyAdd(v, z, s10);
            s20 = Simd256<T>.MultiplyAdd(w, z, s20);
            z = Vector256.Load(y1 + p);
            s01 = Simd256<T>.MultiplyAdd(u, z, s01);
            s11 = Simd256<T>.MultiplyAdd(v, z, s11);
            s21 = Simd256<T>.MultiplyAdd(w, z, s21);
            z = Vector256.Load(y2 + p);
            s02 = Simd256<T>.MultiplyAdd(u, z, s02);
            s12 = Simd256<T>.MultiplyAdd(v, z, s12);
            s22 = Simd256<T>.MultiplyAdd(w, z, s22);
            z = Vector256.Load(y3 + p);
            s03 = Simd256<T>.MultiplyAdd(u, z, s03);
            s13 = Simd256<T>.MultiplyAdd(v, z, s13);
            s23 = Simd256<T>.MultiplyAdd(w, z, s23);
        }
        T* sums = stackalloc T[12];
        (sums[0], sums[1], sums[2], sums[3]) = (Vector256.Sum(s00), Vector256.Sum(s01), Vector256.Sum(s02), Vector256.Sum(s03));
        (sums[4], sums[5], sums[6], sums[7]) = (Vector256.Sum(s10), Vector256.Sum(s11), Vector256.Sum(s12), Vector256.Sum(s13));
        (sums[8], sums[9], sums[10], sums[11]) = (Vector256.Sum(s20), Vector256.Sum(s21), Vector256.Sum(s22), Vector256.Sum(s23));
        for (int i = 0; i < xs; i++)
        {
            for (int j = 0; j < ys; j++)
            {
                T sum = sums[4 * i + j];
                for (int q = p; q < k; q++)
                    sum += x[i * xLine + q] * y[j * yLine + q];
                c[i * xOut + j * yOut] = sum;
            }
        }
    }
}
