using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff.Tests;

public static partial class OpTable
{
    private static OpTableRow<T>[] Convolutions<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("Conv2d", "", x => x[0].Conv2d(x[1], x[2]), x => Convolved(x, new(1, 1), new(1, 1)))
        {
            Ulps = 64, // Sums of 72 products of up to 4.
            Shapes =
            [
                [[1, 1, 3, 4], [1, 1, 2, 2], [1]], [[1, 2, 2, 3], [2, 2, 1, 2], [2]], [[0, 2, 3, 3], [3, 2, 2, 2], [3]], [[1, 1, 1, 1], [1, 1, 1, 1], [1]],
                [[2, 3, 7, 6], [4, 3, 3, 2], [4]], [[3, 8, 5, 20], [7, 8, 3, 3], [7]],
            ],
        },
        new("Conv2d", "padded", x => x[0].Conv2d(x[1], padding: (1, 2)), x => Convolved(x, new(1, 1, 1), new(1, 1, 2)))
        {
            Shapes = [[[1, 1, 3, 3], [1, 1, 2, 3]], [[2, 1, 2, 2], [2, 1, 1, 1]], [[2, 3, 9, 5], [5, 3, 3, 3]], [[1, 2, 0, 3], [1, 2, 2, 2]]],
        },
        new("Conv2d", "strides", x => x[0].Conv2d(x[1], x[2], stride: (2, 3), padding: 1), x => Convolved(x, new(1, 2, 1), new(1, 3, 1)))
        {
            Shapes = [[[1, 1, 3, 4], [1, 1, 2, 2], [1]], [[2, 2, 8, 11], [3, 2, 3, 3], [3]]],
        },
        new("Conv2d", "dilated", x => x[0].Conv2d(x[1], stride: (1, 2), padding: (0, 4), dilation: (2, 3)), x => Convolved(x, new(1, 1, 0, 2), new(1, 2, 4, 3)))
        {
            Shapes = [[[1, 1, 3, 3], [1, 1, 2, 2]], [[2, 2, 7, 9], [2, 2, 3, 3]]],
        },
        new("Conv2d", "more padding than window", x => x[0].Conv2d(x[1], padding: 3), x => Convolved(x, new(1, 1, 3), new(1, 1, 3)))
        {
            Shapes = [[[1, 1, 2, 2], [1, 1, 2, 1]], [[1, 2, 3, 2], [2, 2, 2, 2]]],
        },
        new("Conv2d", "groups", x => x[0].Conv2d(x[1], x[2], padding: 1, groups: 2), x => Convolved(x, new(1, 1, 1), new(1, 1, 1), 2))
        {
            Shapes = [[[1, 2, 2, 2], [2, 1, 2, 2], [2]], [[2, 4, 5, 4], [6, 2, 3, 3], [6]]],
        },
        new("Conv1d", "", x => x[0].Conv1d(x[1], x[2]), x => Line(Convolved([Plane(x[0]), Plane(x[1]), x[2]], new(1, 1), new(1, 1))))
        {
            Ulps = 64,
            Shapes = [[[2, 2, 3], [2, 2, 2], [2]], [[0, 1, 3], [1, 1, 3], [1]], [[3, 5, 40], [8, 5, 7], [8]]],
        },
        new("Conv1d", "strided, padded, dilated, in groups", x => x[0].Conv1d(x[1], null, 2, 1, 2, 2), x => Line(Convolved([Plane(x[0]), Plane(x[1])], new(1, 1), new(1, 2, 1, 2), 2)))
        {
            Shapes = [[[1, 2, 5], [2, 1, 2]], [[3, 4, 20], [6, 2, 3]]],
        },
        new("MaxPool2d", "", x => x[0].MaxPool2d(2), x => Pooled(x[0], new(2, 2), new(2, 2), Largest)) { Shapes = [[[1, 1, 3, 4]], [[0, 2, 2, 2]], [[2, 3, 6, 5]]] },
        new("MaxPool2d", "strided, padded", x => x[0].MaxPool2d((3, 2), (1, 2), 1), x => Pooled(x[0], new(3, 1, 1), new(2, 2, 1), Largest)) { Shapes = [[[1, 1, 3, 4]], [[2, 3, 6, 5]]] },
        new("MaxPool1d", "", x => x[0].MaxPool1d(3, 2, 1), x => Line(Pooled(Plane(x[0]), new(1, 1), new(3, 2, 1), Largest))) { Shapes = [[[2, 1, 5]], [[1, 1, 1]], [[2, 3, 30]]] },
        new("MaxPool1d", "side by side", x => x[0].MaxPool1d(3), x => Line(Pooled(Plane(x[0]), new(1, 1), new(3, 3), Largest))) { Shapes = [[[2, 1, 6]]] },
        new("AveragePool2d", "", x => x[0].AveragePool2d(2), x => Pooled(x[0], new(2, 2), new(2, 2), Average)) { Shapes = [[[1, 1, 3, 4]], [[0, 2, 2, 2]], [[2, 3, 6, 5]]] },
        new("AveragePool2d", "strided, padded", x => x[0].AveragePool2d((3, 2), (1, 3), 1), x => Pooled(x[0], new(3, 1, 1), new(2, 3, 1), Average)) { Shapes = [[[1, 1, 3, 4]], [[2, 3, 6, 5]]] },
        new("AveragePool1d", "", x => x[0].AveragePool1d(3, 2, 1), x => Line(Pooled(Plane(x[0]), new(1, 1), new(3, 2, 1), Average))) { Shapes = [[[2, 1, 5]], [[1, 1, 1]], [[2, 3, 30]]] },
        new("AveragePool1d", "side by side", x => x[0].AveragePool1d(3), x => Line(Pooled(Plane(x[0]), new(1, 1), new(3, 3), Average))) { Shapes = [[[2, 1, 6]]] },
    ];

    private static Reference Plane(Reference x) => new([x.Shape[0], x.Shape[1], 1, x.Shape[2]], x.Values);

    private static Reference Line(Reference x) => new([x.Shape[0], x.Shape[1], x.Shape[3]], x.Values);

    private static Reference Convolved(Reference[] x, SlidingWindow rows, SlidingWindow columns, int groups = 1)
    {
        (Shape image, Shape weight) = (x[0].Shape, x[1].Shape);
        (rows, columns) = (rows with { Size = weight[2] }, columns with { Size = weight[3] });
        return Reference.From([image[0], weight[0], rows.Outputs(image[2]), columns.Outputs(image[3])], i =>
        {
            double sum = x.Length > 2 ? x[2][i[1]] : 0;
            int firstChannel = i[1] / (weight[0] / groups) * weight[1];
            for (int channel = 0; channel < weight[1]; channel++)
            {
                foreach ((int k, int row) in Seen(rows, i[2], image[2]))
                {
                    foreach ((int l, int column) in Seen(columns, i[3], image[3]))
                    {
                        sum += x[0][i[0], firstChannel + channel, row, column] * x[1][i[1], channel, k, l];
                    }
                }
            }
            return sum;
        });
    }

    private static Reference Pooled(Reference x, SlidingWindow rows, SlidingWindow columns, Func<double[], int, double> pool) =>
        Reference.From([x.Shape[0], x.Shape[1], rows.Outputs(x.Shape[2]), columns.Outputs(x.Shape[3])], i =>
        {
            List<double> seen = [];
            foreach ((_, int row) in Seen(rows, i[2], x.Shape[2]))
            {
                foreach ((_, int column) in Seen(columns, i[3], x.Shape[3]))
                {
                    seen.Add(x[i[0], i[1], row, column]);
                }
            }
            return pool([.. seen], rows.Size * columns.Size);
        });

    private static double Largest(double[] seen, int count) => seen.Max();

    private static double Average(double[] seen, int count) => seen.Sum() / count;

    private static IEnumerable<(int Element, int Place)> Seen(SlidingWindow window, int output, int length) =>
        from element in Enumerable.Range(0, window.Size)
        let place = output * window.Stride - window.Padding + element * window.Dilation
        where place >= 0 && place < length
        select (element, place);
}
