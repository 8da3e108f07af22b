using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// For a thin C whose operands both run along k: each element is a dot product, nothing is packed.
/// </summary>
internal static unsafe class DotMatMul<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Run(in MatMulProblem<T> problem)
    {
        // The longer side gets the four lines of the tile.
        var job = new Job(problem, problem.N >= problem.M);
        int lines = Math.Max(problem.M, problem.N);
        Workers.Run(ref job, Workers.Parts(lines, Math.Max(8, (1 << 16) / Math.Max(1, problem.Work / lines))));
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
            int start = (int)((long)lines * part / parts) & ~7, end = part == parts - 1 ? lines : (int)((long)lines * (part + 1) / parts) & ~7;
            for (int j = start; j < end; j += DotTile<T>.OtherLinesOfOne)
            {
                int ys = Math.Min(DotTile<T>.OtherLinesOfOne, end - j), i = 0;
                for (; i + 1 < others; i += DotTile<T>.Lines)
                {
                    for (int half = 0; half < ys; half += DotTile<T>.OtherLines)
                    {
                        DotTile<T>.Run(
                            _problem.K, x + i * xLine, xLine, Math.Min(DotTile<T>.Lines, others - i), y + (j + half) * yLine, yLine,
                            Math.Min(DotTile<T>.OtherLines, ys - half), _problem.C + i * xOut + (j + half) * yOut, xOut, yOut);
                    }
                }
                if (i < others)
                    DotTile<T>.RunOne(_problem.K, x + i * xLine, y + j * yLine, yLine, ys, _problem.C + i * xOut + j * yOut, yOut);
            }
        }
    }
}
