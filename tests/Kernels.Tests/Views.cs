using System.Numerics;
using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>Makes views of awkward layouts, fills them and reads them back in logical order.</summary>
internal static class Views
{
    public static View<T> Empty<T>(params int[] sizes)
        where T : unmanaged
    {
        var shape = new Shape(sizes);
        return new View<T>(new Storage<T>(Device.Cpu, Math.Max(1, shape.Count)), new Layout(shape));
    }

    public static View<T> From<T>(ReadOnlySpan<T> values, params int[] sizes)
        where T : unmanaged
    {
        View<T> view = Empty<T>(sizes);
        Device.Cpu.Upload(values, view.Storage, 0);
        return view;
    }

    /// <summary>Normal-like numbers in a contiguous view.</summary>
    public static View<T> Random<T>(Random random, params int[] sizes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new T[new Shape(sizes).Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        }

        return From<T>(values, sizes);
    }

    /// <summary>
    /// The same numbers in a random layout: permuted axes, gaps between elements, an offset; and broadcast axes where allowed.
    /// </summary>
    public static View<T> Awkward<T>(Random random, bool broadcast, params int[] sizes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rank = sizes.Length;
        int[] order = Enumerable.Range(0, rank).ToArray();
        if (random.Next(2) == 0)
        {
            random.Shuffle(order);
        }

        int[] stored = new int[rank], step = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            int size = broadcast && random.Next(4) == 0 ? 1 : sizes[order[i]];
            step[i] = random.Next(3) == 0 ? random.Next(2, 4) : 1;
            stored[i] = size == sizes[order[i]] ? size * step[i] + random.Next(2) : 1;
        }
        View<T> view = Random<T>(random, stored);
        Layout layout = view.Layout;
        for (int i = 0; i < rank; i++)
        {
            if (stored[i] != 1 || sizes[order[i]] == 1)
            {
                int start = stored[i] - sizes[order[i]] * step[i] > 0 ? 1 : 0;
                layout = layout.Slice(i, start, sizes[order[i]], step[i]);
            }
        }
        int[] inverse = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            inverse[order[i]] = i;
        }

        layout = layout.Permute(inverse);
        return view.With(layout.BroadcastTo(new Shape(sizes)));
    }

    public static T[] Read<T>(this View<T> view)
        where T : unmanaged
    {
        var all = new T[view.Storage.Length];
        Device.Cpu.Download(view.Storage, 0, all);
        if (view.Count > 0 && view.IsContiguous)
        {
            return all[view.Layout.Offset..(view.Layout.Offset + view.Count)];
        }

        var values = new T[view.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = all[Reference.At(view.Layout, i)];
        }

        return values;
    }

    public static double[] ReadDouble<T>(this View<T> view)
        where T : unmanaged, IFloatingPointIeee754<T> => Array.ConvertAll(view.Read(), double.CreateTruncating);
}
