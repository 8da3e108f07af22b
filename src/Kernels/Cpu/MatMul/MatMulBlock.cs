using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Kernels;

/// <summary>
/// Products of blocks that fit the caches, from which every strategy is made: packing of each operand, and the walk over the tiles.
/// </summary>
internal static unsafe class MatMulBlock<T, TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TKernel : struct, IMicroKernel<T>
{
    /// <summary>The most of k that is done at a time: a panel of A stays in the first-level cache.</summary>
    public static int MaxDepth => 1536 / sizeof(T);

    /// <summary>The numbers in a packed left block.</summary>
    public static long LeftCount(int m, int k) => (long)(m + TKernel.Rows - 1) / TKernel.Rows * TKernel.Rows * k;

    /// <summary>The numbers in a packed right block.</summary>
    public static long RightCount(int n, int k) => (long)(n + TKernel.Columns - 1) / TKernel.Columns * TKernel.Columns * k;

    /// <summary>K cut into equal blocks of at most <see cref="MaxDepth"/>.</summary>
    public static int Depth(int k)
    {
        int blocks = (k + MaxDepth - 1) / MaxDepth;
        return Math.Min(k, ((k + blocks - 1) / blocks + 7) & ~7);
    }

    /// <summary>Packs an m x k block of A into panels of rows.</summary>
    public static Panels<T> PackLeft(T* a, nint row, nint column, int m, int k, T* memory)
    {
        int rows = TKernel.Rows, whole = 0;
        if (row == 1)
        {
            whole = m / rows * rows;
            Packing.Rows(a, column, m / rows, k, memory, (nint)k * rows, rows);
        }
        for (int i = whole; i < m; i += rows)
        {
            Packing.Panel(a + i * row, row, column, Math.Min(rows, m - i), k, memory + (nint)i * k, rows);
        }

        return PackedLeft(m, k, memory);
    }

    /// <summary>The panels of a block of A that is packed already.</summary>
    public static Panels<T> PackedLeft(int m, int k, T* memory) =>
        new((nint)memory, (nint)TKernel.Rows * k, 1, TKernel.Rows, (nint)(memory + (nint)(m / TKernel.Rows) * TKernel.Rows * k));

    /// <summary>Reads the complete panels of A in place and packs what is left over.</summary>
    public static Panels<T> LeftInPlace(T* a, nint row, nint column, int m, int k, T* memory)
    {
        int whole = m / TKernel.Rows * TKernel.Rows;
        if (whole < m)
        {
            Packing.Panel(a + whole * row, row, column, m - whole, k, memory, TKernel.Rows);
        }

        return new((nint)a, TKernel.Rows * row, row, column, (nint)memory);
    }

    /// <summary>Packs a k x n block of B into panels of columns.</summary>
    public static Panels<T> PackRight(T* b, nint row, nint column, int k, int n, T* memory)
    {
        int columns = TKernel.Columns, whole = 0;
        if (column == 1)
        {
            whole = n / columns * columns;
            Packing.Rows(b, row, n / columns, k, memory, (nint)k * columns, columns);
        }
        for (int j = whole; j < n; j += columns)
        {
            PackRightPanel(b + j * column, row, column, k, n - j, memory + (nint)j * k);
        }

        return PackedRight(k, n, memory);
    }

    /// <summary>Packs one panel of B: the first of <paramref name="n"/> columns.</summary>
    public static void PackRightPanel(T* b, nint row, nint column, int k, int n, T* memory) =>
        Packing.Panel(b, column, row, Math.Min(n, TKernel.Columns), k, memory, n >= TKernel.Columns ? TKernel.Columns : TKernel.EdgeColumns(n));

    /// <summary>The panels of a block of B that is packed already.</summary>
    public static Panels<T> PackedRight(int k, int n, T* memory) =>
        new((nint)memory, (nint)TKernel.Columns * k, 1, TKernel.Columns, (nint)(memory + (nint)(n / TKernel.Columns) * TKernel.Columns * k));

    /// <summary>Reads the complete panels of B, whose columns are adjacent, in place and packs what is left over.</summary>
    public static Panels<T> RightInPlace(T* b, nint row, int k, int n, T* memory)
    {
        int whole = n / TKernel.Columns * TKernel.Columns;
        if (whole < n)
        {
            PackRightPanel(b + whole, row, 1, k, n - whole, memory);
        }

        return new((nint)b, TKernel.Columns, 1, row, (nint)memory);
    }

    /// <summary>C (+)= AB for one block.</summary>
    /// <param name="m">The rows.</param>
    /// <param name="n">The columns.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">The panels of A.</param>
    /// <param name="b">The panels of B.</param>
    /// <param name="c">The first element of C.</param>
    /// <param name="cRow">The step from row to row of C.</param>
    /// <param name="accumulate">Whether the products are added to C.</param>
    /// <param name="rowsFirst">
    /// Whether a panel of A meets all of B before the next (A comes from memory) or the other way round (B does).
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int m, int n, int k, in Panels<T> a, in Panels<T> b, T* c, nint cRow, bool accumulate, bool rowsFirst)
    {
        int rows = TKernel.Rows, columns = TKernel.Columns;
        int rowPanels = (m + rows - 1) / rows, columnPanels = (n + columns - 1) / columns;
        int outer = rowsFirst ? rowPanels : columnPanels, inner = rowsFirst ? columnPanels : rowPanels;
        for (int o = 0; o < outer; o++)
        {
            for (int p = 0; p < inner; p++)
            {
                int i = rowsFirst ? o : p, j = rowsFirst ? p : o;
                T* at = c + (nint)i * rows * cRow + (nint)j * columns;
                int height = m - i * rows, width = n - j * columns;
                if (height >= rows && width >= columns)
                {
                    TKernel.Run(k, a.At(i), a.Line, a.Step, b.At(j), b.Step, at, cRow, accumulate);
                }
                else
                {
                    Edge(height, width, i, j, k, a, b, at, cRow, accumulate);
                }
            }
        }
    }

    [SkipLocalsInit]
    private static void Edge(int height, int width, int i, int j, int k, in Panels<T> a, in Panels<T> b, T* c, nint cRow, bool accumulate)
    {
        int rows = TKernel.Rows, columns = TKernel.Columns;
        bool low = height < rows, narrow = width < columns;
        int edge = narrow ? TKernel.EdgeColumns(width) : columns;
        T* left = low ? (T*)a.Edge : a.At(i), right = narrow ? (T*)b.Edge : b.At(j);
        nint leftLine = low ? 1 : a.Line, leftStep = low ? rows : a.Step, rightStep = narrow ? edge : b.Step;
        if (!low && edge == width)
        {
            TKernel.RunEdge(rows, edge, k, left, leftLine, leftStep, right, rightStep, c, cRow, accumulate);
            return;
        }
        T* tile = stackalloc T[rows * columns];
        TKernel.RunEdge(Math.Min(height, rows), edge, k, left, leftLine, leftStep, right, rightStep, tile, columns, false);
        CopyTile(tile, columns, c, cRow, Math.Min(height, rows), Math.Min(width, columns), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTile(T* tile, nint tileRow, T* c, nint cRow, int height, int width, bool accumulate)
    {
        for (int i = 0; i < height; i++, tile += tileRow, c += cRow)
        {
            int j = 0;
            for (; j + Vector128<T>.Count <= width; j += Vector128<T>.Count)
            {
                var sum = Vector128.Load(tile + j);
                Vector128.Store(accumulate ? Vector128.Load(c + j) + sum : sum, c + j);
            }
            for (; j < width; j++)
            {
                c[j] = accumulate ? c[j] + tile[j] : tile[j];
            }
        }
    }
}
