using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autodiff.Kernels;

/// <summary>
/// Copies blocks of a matrix into the order in which a micro-kernel reads them; whatever the strides were, they are gone after this.
/// </summary>
internal static unsafe class Packing
{
    private const int CacheLine = 64;

    /// <summary>
    /// Copies <paramref name="count"/> lines of length k side by side: destination[j * width + i] = source[i * line + j * step], 0 for i
    /// from count to width.
    /// </summary>
    /// <param name="source">The first element of the first line (a row of A, a column of B).</param>
    /// <param name="line">The step from line to line.</param>
    /// <param name="step">The step along a line.</param>
    /// <param name="count">The number of lines.</param>
    /// <param name="k">The length of each line.</param>
    /// <param name="destination">k groups of <paramref name="width"/> numbers.</param>
    /// <param name="width">The lines of a panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel<T>(T* source, nint line, nint step, int count, int k, T* destination, int width)
        where T : unmanaged
    {
        if (count < width)
        {
            new Span<T>(destination, k * width).Clear();
        }

        Lines(source, line, step, count, k, destination, width);
    }

    /// <summary>
    /// The same without the zeros, for any width: destination[j * width + i] = source[i * line + j * step], a transpose where step is 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lines<T>(T* source, nint line, nint step, int count, int k, T* destination, nint width)
        where T : unmanaged
    {
        if (line == 1)
        {
            Adjacent(source, step, count, k, destination, width);
            return;
        }
        int done = 0;
        if (step == 1 && Avx.IsSupported)
        {
            if (sizeof(T) == sizeof(float))
            {
                for (; done + 8 <= count; done += 8)
                {
                    Transpose8((float*)(source + done * line), line, k, (float*)(destination + done), width);
                }

                for (; done + 4 <= count; done += 4)
                {
                    Transpose4((float*)(source + done * line), line, k, (float*)(destination + done), width);
                }
            }
            else if (sizeof(T) == sizeof(double))
            {
                for (; done + 4 <= count; done += 4)
                {
                    Transpose4((double*)(source + done * line), line, k, (double*)(destination + done), width);
                }
            }
        }
        for (; done < count; done++)
        {
            T* from = source + done * line, to = destination + done;
            for (int j = 0; j < k; j++, from += step, to += width)
            {
                *to = *from;
            }
        }
    }

    /// <summary>
    /// Packs complete panels of lines that lie side by side, reading each row of the source in one go: rows are far apart, and memory that
    /// is read in long runs comes twice as fast as a panel's few cache lines of each.
    /// </summary>
    /// <param name="source">The first element.</param>
    /// <param name="row">The step along a line.</param>
    /// <param name="panels">The number of panels.</param>
    /// <param name="k">How much of each line is packed.</param>
    /// <param name="destination">Where the first panel begins.</param>
    /// <param name="panel">The step from panel to panel.</param>
    /// <param name="width">The lines of a panel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<T>(T* source, nint row, int panels, int k, T* destination, nint panel, int width)
        where T : unmanaged
    {
        // Where a panel's part of a row is no whole cache line, eight rows in turn complete more of those that are written to.
        int lanes = Vector256<T>.Count, together = width * sizeof(T) % CacheLine == 0 ? 1 : 8;
        for (; k > 0; k -= together, source += together * row, destination += together * width)
        {
            int rows = Math.Min(together, k);
            for (int done = 0; done < panels; done++)
            {
                T* from = source + done * width, to = destination + done * panel;
                for (int j = 0; j < rows; j++, from += row, to += width)
                {
                    int i = 0;
                    for (; i + lanes <= width; i += lanes)
                    {
                        Vector256.Load(from + i).Store(to + i);
                    }

                    for (; i + lanes / 2 <= width; i += lanes / 2)
                    {
                        Vector128.Load(from + i).Store(to + i);
                    }

                    for (; i < width; i++)
                    {
                        to[i] = from[i];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Adjacent<T>(T* source, nint step, int count, int k, T* destination, nint width)
        where T : unmanaged
    {
        for (int j = 0; j < k; j++, source += step, destination += width)
        {
            int i = 0;
            for (; i + Vector256<T>.Count <= count; i += Vector256<T>.Count)
            {
                Vector256.Load(source + i).Store(destination + i);
            }

            for (; i + Vector128<T>.Count <= count; i += Vector128<T>.Count)
            {
                Vector128.Load(source + i).Store(destination + i);
            }

            for (; i < count; i++)
            {
                destination[i] = source[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose8(float* s, nint line, int k, float* to, nint width)
    {
        float* s1 = s + line, s2 = s1 + line, s3 = s2 + line, s4 = s3 + line, s5 = s4 + line, s6 = s5 + line, s7 = s6 + line;
        int j = 0;
        for (; j + 8 <= k; j += 8, to += 8 * width)
        {
            Vector256<float> r0 = Vector256.Load(s + j), r1 = Vector256.Load(s1 + j), r2 = Vector256.Load(s2 + j), r3 = Vector256.Load(s3 + j);
            Vector256<float> r4 = Vector256.Load(s4 + j), r5 = Vector256.Load(s5 + j), r6 = Vector256.Load(s6 + j), r7 = Vector256.Load(s7 + j);
            Vector256<float> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1), t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
            Vector256<float> t4 = Avx.UnpackLow(r4, r5), t5 = Avx.UnpackHigh(r4, r5), t6 = Avx.UnpackLow(r6, r7), t7 = Avx.UnpackHigh(r6, r7);
            r0 = Avx.Shuffle(t0, t2, 0x44);
            r1 = Avx.Shuffle(t0, t2, 0xEE);
            r2 = Avx.Shuffle(t1, t3, 0x44);
            r3 = Avx.Shuffle(t1, t3, 0xEE);
            r4 = Avx.Shuffle(t4, t6, 0x44);
            r5 = Avx.Shuffle(t4, t6, 0xEE);
            r6 = Avx.Shuffle(t5, t7, 0x44);
            r7 = Avx.Shuffle(t5, t7, 0xEE);
            Avx.Permute2x128(r0, r4, 0x20).Store(to);
            Avx.Permute2x128(r1, r5, 0x20).Store(to + width);
            Avx.Permute2x128(r2, r6, 0x20).Store(to + 2 * width);
            Avx.Permute2x128(r3, r7, 0x20).Store(to + 3 * width);
            Avx.Permute2x128(r0, r4, 0x31).Store(to + 4 * width);
            Avx.Permute2x128(r1, r5, 0x31).Store(to + 5 * width);
            Avx.Permute2x128(r2, r6, 0x31).Store(to + 6 * width);
            Avx.Permute2x128(r3, r7, 0x31).Store(to + 7 * width);
        }
        for (; j < k; j++, to += width)
        {
            to[0] = s[j];
            to[1] = s1[j];
            to[2] = s2[j];
            to[3] = s3[j];
            to[4] = s4[j];
            to[5] = s5[j];
            to[6] = s6[j];
            to[7] = s7[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose4(float* s, nint line, int k, float* to, nint width)
    {
        float* s1 = s + line, s2 = s1 + line, s3 = s2 + line;
        int j = 0;
        for (; j + 4 <= k; j += 4, to += 4 * width)
        {
            Vector128<float> r0 = Vector128.Load(s + j), r1 = Vector128.Load(s1 + j), r2 = Vector128.Load(s2 + j), r3 = Vector128.Load(s3 + j);
            Vector128<float> t0 = Sse.UnpackLow(r0, r1), t1 = Sse.UnpackHigh(r0, r1), t2 = Sse.UnpackLow(r2, r3), t3 = Sse.UnpackHigh(r2, r3);
            Sse.MoveLowToHigh(t0, t2).Store(to);
            Sse.MoveHighToLow(t2, t0).Store(to + width);
            Sse.MoveLowToHigh(t1, t3).Store(to + 2 * width);
            Sse.MoveHighToLow(t3, t1).Store(to + 3 * width);
        }
        for (; j < k; j++, to += width)
        {
            to[0] = s[j];
            to[1] = s1[j];
            to[2] = s2[j];
            to[3] = s3[j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose4(double* s, nint line, int k, double* to, nint width)
    {
        double* s1 = s + line, s2 = s1 + line, s3 = s2 + line;
        int j = 0;
        for (; j + 4 <= k; j += 4, to += 4 * width)
        {
            Vector256<double> r0 = Vector256.Load(s + j), r1 = Vector256.Load(s1 + j), r2 = Vector256.Load(s2 + j), r3 = Vector256.Load(s3 + j);
            Vector256<double> t0 = Avx.UnpackLow(r0, r1), t1 = Avx.UnpackHigh(r0, r1), t2 = Avx.UnpackLow(r2, r3), t3 = Avx.UnpackHigh(r2, r3);
            Avx.Permute2x128(t0, t2, 0x20).Store(to);
            Avx.Permute2x128(t1, t3, 0x20).Store(to + width);
            Avx.Permute2x128(t0, t2, 0x31).Store(to + 2 * width);
            Avx.Permute2x128(t1, t3, 0x31).Store(to + 3 * width);
        }
        for (; j < k; j++, to += width)
        {
            to[0] = s[j];
            to[1] = s1[j];
            to[2] = s2[j];
            to[3] = s3[j];
        }
    }
}
