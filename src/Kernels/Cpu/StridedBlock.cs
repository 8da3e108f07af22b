using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Moves runs of a strided window's elements, counted in row-major order, to and from contiguous memory.</summary>
internal static unsafe class StridedBlock
{
    /// <summary>destination[i] = element (start + i) of the window.</summary>
    /// <param name="source">The storage's first element.</param>
    /// <param name="layout">The window.</param>
    /// <param name="start">The number of the first element.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="destination">Contiguous memory.</param>
    public static void Gather<T>(T* source, in Layout layout, int start, int count, T* destination)
        where T : unmanaged
    {
        var cursor = new StridedCursor(layout, start);
        while (count > 0)
        {
            int run = Math.Min(cursor.Run, count);
            T* from = source + cursor.Position;
            nint step = cursor.Step;
            if (step == 1 && run >= 16)
            {
                Unsafe.CopyBlockUnaligned(destination, from, (uint)(run * sizeof(T)));
            }
            else
            {
                for (int i = 0; i < run; i++, from += step)
                {
                    destination[i] = *from;
                }
            }
            destination += run;
            count -= run;
            cursor.Advance(run);
        }
    }

    /// <summary>Element (start + i) of the window = source[i].</summary>
    /// <param name="destination">The storage's first element.</param>
    /// <param name="layout">The window.</param>
    /// <param name="start">The number of the first element.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="source">Contiguous memory.</param>
    public static void Scatter<T>(T* destination, in Layout layout, int start, int count, T* source)
        where T : unmanaged
    {
        var cursor = new StridedCursor(layout, start);
        while (count > 0)
        {
            int run = Math.Min(cursor.Run, count);
            T* to = destination + cursor.Position;
            nint step = cursor.Step;
            for (int i = 0; i < run; i++, to += step)
            {
                *to = source[i];
            }

            source += run;
            count -= run;
            cursor.Advance(run);
        }
    }
}
