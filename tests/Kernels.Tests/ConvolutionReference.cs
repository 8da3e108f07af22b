using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>What convolutions and pools must compute: their definitions, as loops in double.</summary>
internal static class ConvolutionReference
{
    public static double[] Forward(double[] x, Shape images, double[] weight, Shape weights, double[]? bias, Shape results, SlidingWindow rows, SlidingWindow columns)
    {
        var y = new double[results.Count];
        Windows(images, weights, results, rows, columns, (image, w, output) => y[output] += (image < 0 ? 0 : x[image]) * weight[w]);
        for (int i = 0; bias is not null && i < y.Length; i++)
        {
            y[i] += bias[i / (results[2] * results[3]) % results[1]];
        }

        return y;
    }

    public static double[] InputGradient(double[] gradient, Shape results, double[] weight, Shape weights, Shape images, SlidingWindow rows, SlidingWindow columns)
    {
        var x = new double[images.Count];
        Windows(images, weights, results, rows, columns, (image, w, output) =>
        {
            if (image >= 0)
            {
                x[image] += gradient[output] * weight[w];
            }
        });
        return x;
    }

    public static double[] WeightGradient(double[] x, Shape images, double[] gradient, Shape results, Shape weights, SlidingWindow rows, SlidingWindow columns)
    {
        var weight = new double[weights.Count];
        Windows(images, weights, results, rows, columns, (image, w, output) => weight[w] += (image < 0 ? 0 : x[image]) * gradient[output]);
        return weight;
    }

    public static (double[] Largest, int[] Places) MaxPool(double[] x, Shape images, Shape results, SlidingWindow rows, SlidingWindow columns)
    {
        var (y, places) = (new double[results.Count], new int[results.Count]);
        Array.Fill(places, -1);
        Pool(images, results, rows, columns, (image, place, output) =>
        {
            if (places[output] < 0 || x[image] > y[output] || double.IsNaN(x[image]))
            {
                (y[output], places[output]) = (x[image], place);
            }
        });
        return (y, places);
    }

    public static double[] AveragePool(double[] x, Shape images, Shape results, SlidingWindow rows, SlidingWindow columns, double scale)
    {
        var y = new double[results.Count];
        Pool(images, results, rows, columns, (image, _, output) => y[output] += x[image] * scale);
        return y;
    }

    public static double[] AveragePoolGradient(double[] gradient, Shape results, Shape images, SlidingWindow rows, SlidingWindow columns, double scale)
    {
        var x = new double[images.Count];
        Pool(images, results, rows, columns, (image, _, output) => x[image] += gradient[output] * scale);
        return x;
    }

    /// <summary>Every element that a window of a convolution sees, -1 beyond the border; the weight that meets it; and the result.</summary>
    private static void Windows(Shape images, Shape weights, Shape results, SlidingWindow rows, SlidingWindow columns, Action<int, int, int> visit)
    {
        for (int w = 0; w < weights.Count; w++)
        {
            int l = w % weights[3], k = w / weights[3] % weights[2], channel = w / weights[3] / weights[2] % weights[1], plane = w / weights[3] / weights[2] / weights[1];
            for (int i = 0; i < images[0] * results[2] * results[3]; i++)
            {
                int column = i % results[3], row = i / results[3] % results[2], image = i / results[3] / results[2];
                int down = row * rows.Stride - rows.Padding + k * rows.Dilation, across = column * columns.Stride - columns.Padding + l * columns.Dilation;
                bool isInside = down >= 0 && down < images[2] && across >= 0 && across < images[3];
                int seen = isInside ? ((image * images[1] + channel) * images[2] + down) * images[3] + across : -1;
                visit(seen, w, ((image * results[1] + plane) * results[2] + row) * results[3] + column);
            }
        }
    }

    /// <summary>Every element that a pooling window sees, in its order; its place in the plane; and the result.</summary>
    private static void Pool(Shape images, Shape results, SlidingWindow rows, SlidingWindow columns, Action<int, int, int> visit)
    {
        for (int output = 0; output < results.Count; output++)
        {
            int column = output % results[3], row = output / results[3] % results[2], plane = output / results[3] / results[2];
            for (int k = 0; k < rows.Size; k++)
            {
                for (int l = 0; l < columns.Size; l++)
                {
                    int down = row * rows.Stride - rows.Padding + k, across = column * columns.Stride - columns.Padding + l;
                    if (down >= 0 && down < images[2] && across >= 0 && across < images[3])
                    {
                        visit((plane * images[2] + down) * images[3] + across, down * images[3] + across, output);
                    }
                }
            }
        }
    }
}
