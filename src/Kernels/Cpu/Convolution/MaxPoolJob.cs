using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>The largest element that each window sees, and where it lies in its plane; see <see cref="Device.MaxPool{T}"/>.</summary>
internal readonly unsafe struct MaxPoolJob<T>(T* x, Shape images, T* y, int* places, SlidingWindow rows, SlidingWindow columns) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Grain = 1 << 12;

    private readonly T* _x = x, _y = y;
    private readonly int* _places = places;

    private int Planes => images[0] * images[1];

    /// <summary>Does all.</summary>
    public void Run()
    {
        MaxPoolJob<T> job = this;
        Workers.Run(ref job, Math.Min(Planes, Workers.Parts(images.Count, Grain)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int part, int parts)
    {
        int height = images[2], width = images[3], planes = Planes, outputHeight = rows.Outputs(height), outputWidth = columns.Outputs(width);
        int plane = (int)((long)planes * part / parts), end = (int)((long)planes * (part + 1) / parts);
        T* y = _y + (nint)plane * outputHeight * outputWidth;
        int* place = _places + (nint)plane * outputHeight * outputWidth;
        for (; plane < end; plane++)
        {
            T* x = _x + (nint)plane * height * width;
            for (int i = 0; i < outputHeight; i++)
            {
                int top = Math.Max(0, i * rows.Stride - rows.Padding), bottom = Math.Min(height, i * rows.Stride - rows.Padding + rows.Size);
                for (int j = 0; j < outputWidth; j++)
                {
                    int left = Math.Max(0, j * columns.Stride - columns.Padding), right = Math.Min(width, j * columns.Stride - columns.Padding + columns.Size);
                    int best = top * width + left;
                    T largest = x[best];
                    for (int row = top; row < bottom; row++)
                    {
                        for (int at = row * width + left; at < row * width + right; at++)
                        {
                            if (x[at] > largest || T.IsNaN(x[at]))
                                (largest, best) = (x[at], at);
                        }
                    }
                    *y++ = largest;
                    *place++ = best;
                }
            }
        }
    }
}
