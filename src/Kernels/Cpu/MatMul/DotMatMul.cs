using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// For a thin C whose operands both run along k: each element is a dot product, nothing is packed. Tiles of 3 x 4 share the loads.
/// </summary>
/// <remarks>
/// Where k is very long and C small, k is cut into chunks, whose sums are joined in a binary tree: something to share among threads, and
/// less to lose by rounding. Whether it is cut, and where, depends on the shape alone.
/// </remarks>
internal static unsafe class DotMatMul<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The length of a chunk, and the most elements of C for which there are chunks.
    private const int ChunkDepth = 1 << 14, MostSplit = 1 << 10;

    public static void Run(in MatMulProblem<T> problem, MemoryPool pool)
    {
        // The longer side gets the four lines of the tile.
        bool byColumns = problem.N >= problem.M;
        int lines = Math.Max(problem.M, problem.N), size = problem.M * problem.N;
        if (problem.K < 2 * ChunkDepth || size > MostSplit)
        {
            var job = new Job(problem, byColumns);
            Workers.Run(ref job, Workers.Parts(lines, Math.Max(4, (1 << 16) / Math.Max(1, problem.Work / lines))));
            return;
        }
        int chunks = (problem.K + ChunkDepth - 1) / ChunkDepth;
        Block block = pool.Rent((long)chunks * size * sizeof(T));
        try
        {
            T* partials = (T*)((HostBlock)block).Address;
            var job = new ChunkJob(problem, byColumns, chunks, partials);
            Workers.Run(ref job, Workers.Parts(chunks, Math.Max(1, (1 << 16) / ((long)ChunkDepth * size))));
            Join(problem, chunks, partials);
        }
        finally
        {
            pool.Return(block);
        }
    }

    private static void Join(in MatMulProblem<T> problem, int chunks, T* partials)
    {
        nint size = (nint)problem.M * problem.N;
        for (int i = 0; i < size; i++)
        {
            var tree = new CombinationTree<T, Sum<T>>(new Sum<T>(T.One));
            for (int chunk = 0; chunk < chunks; chunk++)
                tree.Push(partials[chunk * size + i]);
            (int row, int column) = Math.DivRem(i, problem.N);
            problem.C[row * problem.CRow + column] = tree.Total();
        }
    }

    private readonly struct ChunkJob(in MatMulProblem<T> problem, bool byColumns, int chunks, T* partials) : IParallelJob
    {
        private readonly MatMulProblem<T> _problem = problem;
        private readonly T* _partials = partials;

        public void Run(int part, int parts)
        {
            int end = (int)((long)chunks * (part + 1) / parts);
            for (int chunk = (int)((long)chunks * part / parts); chunk < end; chunk++)
            {
                int start = chunk * ChunkDepth;
                MatMulProblem<T> piece = _problem with
                {
                    K = Math.Min(ChunkDepth, _problem.K - start),
                    A = _problem.A + start,
                    B = _problem.B + start,
                    C = _partials + (nint)chunk * _problem.M * _problem.N,
                    CRow = _problem.N,
                };
                new Job(piece, byColumns).Run(0, 1);
            }
        }
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
                    if (others - i == 1 && end - j == 1)
                    {
                        _problem.C[i * xOut + j * yOut] = Line(_problem.K, x + i * xLine, y + j * yLine);
                        continue;
                    }
                    Tile(
                        _problem.K, x + i * xLine, xLine, Math.Min(3, others - i), y + j * yLine, yLine, Math.Min(4, end - j),
                        _problem.C + i * xOut + j * yOut, xOut, yOut);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Line(int k, T* x, T* y)
    {
        Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default;
        int lanes = Vector256<T>.Count, p = 0;
        for (; p + 4 * lanes <= k; p += 4 * lanes)
        {
            s0 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p), Vector256.Load(y + p), s0);
            s1 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p + lanes), Vector256.Load(y + p + lanes), s1);
            s2 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p + 2 * lanes), Vector256.Load(y + p + 2 * lanes), s2);
            s3 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p + 3 * lanes), Vector256.Load(y + p + 3 * lanes), s3);
        }
        for (; p + lanes <= k; p += lanes)
            s0 = Simd256<T>.MultiplyAdd(Vector256.Load(x + p), Vector256.Load(y + p), s0);
        T sum = Vector256.Sum(s0 + s1 + (s2 + s3));
        for (; p < k; p++)
            sum += x[p] * y[p];
        return sum;
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
