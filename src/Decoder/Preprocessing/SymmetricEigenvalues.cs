namespace Decoder.Preprocessing;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations (Golub and Van Loan, 'Matrix Computations', 8.5).</summary>
internal static class SymmetricEigenvalues
{
    private const int MaximumSweeps = 60;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">Symmetric; it is left as it is.</param>
    /// <returns>Eigenvalues, descending, and in the columns of a matrix their eigenvectors, orthonormal.</returns>
    public static (double[] Values, double[,] Vectors) Compute(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var v = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            v[i, i] = 1;
        }

        for (var sweep = 0; sweep < MaximumSweeps && OffDiagonal(a) > 0; sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    Rotate(a, v, p, q);
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i, i])];
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                vectors[i, j] = v[i, order[j]];
            }
        }

        return (Array.ConvertAll(order, i => a[i, i]), vectors);
    }

    /// <summary>Makes a[p, q] zero.</summary>
    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        // Below the rounding of the diagonal there is nothing left to turn.
        if (Math.Abs(a[p, q]) <= 1e-17 * (Math.Abs(a[p, p]) + Math.Abs(a[q, q])))
        {
            (a[p, q], a[q, p]) = (0, 0);
            return;
        }

        var tau = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var tangent = Math.CopySign(1, tau) / (Math.Abs(tau) + Math.Sqrt(1 + tau * tau));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = tangent * cosine;
        for (var k = 0; k < a.GetLength(0); k++)
        {
            (a[k, p], a[k, q]) = (cosine * a[k, p] - sine * a[k, q], sine * a[k, p] + cosine * a[k, q]);
        }

        for (var k = 0; k < a.GetLength(0); k++)
        {
            (a[p, k], a[q, k]) = (cosine * a[p, k] - sine * a[q, k], sine * a[p, k] + cosine * a[q, k]);
            (v[k, p], v[k, q]) = (cosine * v[k, p] - sine * v[k, q], sine * v[k, p] + cosine * v[k, q]);
        }

        (a[p, q], a[q, p]) = (0, 0);
    }

    private static double OffDiagonal(double[,] a)
    {
        var sum = 0.0;
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += Math.Abs(a[i, j]);
            }
        }

        return sum;
    }
}
