namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    internal override void MaxPoolCore<T>(View<T> x, View<T> y, View<int>? places, SlidingWindow rows, SlidingWindow columns)
    {
        if (y.Count == 0)
        {
            return;
        }

        int* found = places is { } view ? First(view) : null;
        if (sizeof(T) == sizeof(int))
        {
            new MaxPoolJob<T, int>(First(x), x.Shape, First(y), found, rows, columns).Run();
        }
        else
        {
            new MaxPoolJob<T, long>(First(x), x.Shape, First(y), found, rows, columns).Run();
        }

        KeepAlive(x.Storage, y.Storage, places?.Storage);
    }

    internal override void AveragePoolCore<T>(View<T> x, View<T> y, SlidingWindow rows, SlidingWindow columns, T scale)
    {
        if (y.Count == 0)
        {
            return;
        }

        new AveragePoolJob<T>(First(x), x.Shape, First(y), rows, columns, scale).Run();
        KeepAlive(x.Storage, y.Storage);
    }

    internal override void AveragePoolGradientCore<T>(View<T> gradient, View<T> x, SlidingWindow rows, SlidingWindow columns, T scale)
    {
        if (x.Count == 0)
        {
            return;
        }

        new AveragePoolGradientJob<T>(First(gradient), First(x), x.Shape, rows, columns, scale).Run();
        KeepAlive(gradient.Storage, x.Storage);
    }
}
