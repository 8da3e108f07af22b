using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff.Tests;

public static partial class OpTable
{
    private static OpTableRow<T>[] Shapes<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("MatMul", "", x => x[0].MatMul(x[1]), Product) { Shapes = [[[2, 3], [3, 4]], [[1, 1], [1, 1]], [[0, 3], [3, 2]], [[2, 0], [0, 3]], [[5, 17], [17, 9]]] },
        new("MatMul", "batched", x => x[0].MatMul(x[1]), Product) { Shapes = [[[2, 2, 3], [2, 3, 2]], [[2, 1, 1, 2], [3, 2, 1]], [[2, 3], [2, 3, 1]], [[0, 2, 2], [2, 2]]] },
        new("MatMul", "transposed", x => x[0].Transpose().MatMul(x[1].Transpose()), x => Product([Swap(x[0]), Swap(x[1])])) { Shapes = [[[3, 2], [4, 3]]] },
        new("Permute", "", x => x[0].Permute(2, 0, -2), x => Reference.From([x[0].Shape[2], x[0].Shape[0], x[0].Shape[1]], i => x[0][i[1], i[2], i[0]])) { Shapes = [[[2, 3, 2]], [[0, 1, 2]]] },
        new("Transpose", "", x => x[0].Transpose(), x => Swap(x[0])) { Shapes = [[[2, 3]], [[1, 4]], [[0, 2]]] },
        new("Transpose", "two axes", x => x[0].Transpose(0, -1), x => Reference.From([x[0].Shape[2], x[0].Shape[1], x[0].Shape[0]], i => x[0][i[2], i[1], i[0]])) { Shapes = [[[2, 3, 2]]] },
        new("Reshape", "", x => x[0].Reshape([3, 2]), x => new Reference([3, 2], x[0].Values)) { Shapes = [[[2, 3]], [[6]], [[1, 6, 1]], [[3, 2]]] },
        new("Flatten", "", x => x[0].Flatten(), x => new Reference([x[0].Shape.Count], x[0].Values)) { Shapes = [[[2, 3]], [[]], [[0, 3]], [[4]]] },
        new("Flatten", "some axes", x => x[0].Flatten(1, -2), x => new Reference([x[0].Shape[0], x[0].Shape[1] * x[0].Shape[2], x[0].Shape[3]], x[0].Values)) { Shapes = [[[2, 2, 3, 1]]] },
        new("Squeeze", "", x => x[0].Squeeze(-2), x => new Reference([x[0].Shape[0], x[0].Shape[2]], x[0].Values)) { Shapes = [[[2, 1, 3]], [[0, 1, 1]]] },
        new("Unsqueeze", "", x => x[0].Unsqueeze(-1), x => new Reference(new Shape([.. x[0].Shape.AsSpan(), 1]), x[0].Values)) { Shapes = [[[2, 3]], [[]], [[0]]] },
        new("Unsqueeze", "front", x => x[0].Unsqueeze(0), x => new Reference(new Shape([1, .. x[0].Shape.AsSpan()]), x[0].Values)) { Shapes = [[[2, 3]], [[]]] },
        new("BroadcastTo", "", x => x[0].BroadcastTo([2, 3, 2]), x => Reference.Elementwise(v => v[0], x[0], Reference.From([2, 3, 2], _ => 0)))
        {
            Shapes = [[[3, 2]], [[1, 3, 1]], [[]], [[2, 3, 2]]],
        },
        new("Slice", "", x => x[0].Slice(-1, 1, 2), x => Reference.From(x[0].Shape.With(-1, 2), i => x[0][[.. i[..^1], i[^1] + 1]])) { Shapes = [[[2, 4]], [[3]], [[0, 3]]] },
        new("Slice", "with a step", x => x[0].Slice(0, 1, 2, 3), x => Reference.From(x[0].Shape.With(0, 2), i => x[0][[i[0] * 3 + 1, .. i[1..]]])) { Shapes = [[[5, 2]], [[6]]] },
        new("Slice", "nothing", x => x[0].Slice(0, 2, 0), x => Reference.From(x[0].Shape.With(0, 0), _ => 0)) { Shapes = [[[2, 3]]] },
        new("Slice", "ranges", x => x[0][1.., ..^1], x => Reference.From([x[0].Shape[0] - 1, x[0].Shape[1] - 1], i => x[0][i[0] + 1, i[1]])) { Shapes = [[[3, 3]], [[1, 2]]] },
        new("Select", "", x => x[0].Select(1, 2), x => Reference.From([x[0].Shape[0]], i => x[0][i[0], 2])) { Shapes = [[[2, 4]], [[0, 3]]] },
        new("Pad", "", x => x[0].Pad([(1, 0), (0, 2)], C<T>(-3)),
            x => Reference.From([x[0].Shape[0] + 1, x[0].Shape[1] + 2], i => i[0] >= 1 && i[1] < x[0].Shape[1] ? x[0][i[0] - 1, i[1]] : -3)) { Shapes = [[[2, 3]], [[0, 2]]] },
        new("Concatenate", "", x => Ops.Concatenate([x[0], x[1], x[0]], axis: 1), x => Join(x[0], x[1], x[0])) { Shapes = [[[2, 1], [2, 2]], [[2, 0], [2, 3]], [[0, 1], [0, 1]]] },
        new("Stack", "", x => Ops.Stack([x[0], x[1]], axis: -1), x => Reference.From(new Shape([.. x[0].Shape.AsSpan(), 2]), i => x[i[^1]][i[..^1]])) { Shapes = [[[2, 3], [2, 3]], [[], []], [[0], [0]]] },
    ];

    private static OpTableRow<T>[] Indexing<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("Gather", "first axis", x => x[0].Gather(new Indices([2, 0, 0, 1, 2, 2], [3, 2], x[0].Device), 0),
            x => Reference.From([3, 2], i => x[0][new[] { 2, 0, 0, 1, 2, 2 }[i[0] * 2 + i[1]], i[1]])) { Shapes = [[[3, 2]], [[4, 2]], [[3, 3]]] },
        new("Gather", "last axis", x => x[0].Gather(new Indices([3, 0], [2, 1], x[0].Device), -1), x => Reference.From([2, 1], i => x[0][i[0], i[0] == 0 ? 3 : 0])) { Shapes = [[[2, 4]]] },
        new("Gather", "nothing", x => x[0].Gather(new Indices([], [0, 2], x[0].Device), 0), x => Reference.From([0, 2], _ => 0)) { Shapes = [[[3, 2]], [[0, 2]]] },
        new("ScatterAdd", "", x => x[0].ScatterAdd(new Indices([2, 0, 0, 1, 2, 0], [3, 2], x[0].Device), x[1], 0), x => Scattered(x[0], x[1], [2, 0, 0, 1, 2, 0]))
        {
            Shapes = [[[3, 2], [3, 2]], [[4, 3], [3, 2]]],
        },
        new("IndexSelect", "", x => x[0].IndexSelect(new Indices([1, 1, 0], [3], x[0].Device)), x => Reference.From(x[0].Shape.With(0, 3), i => x[0][[i[0] == 2 ? 0 : 1, .. i[1..]]]))
        {
            Shapes = [[[2, 3]], [[2]], [[3, 2, 1]], [[2, 0]]],
        },
        new("IndexSelect", "last axis", x => x[0].IndexSelect(new Indices([1, 0], [2], x[0].Device), -1), x => Reference.From(x[0].Shape.With(-1, 2), i => x[0][[.. i[..^1], 1 - i[^1]]]))
        {
            Shapes = [[[2, 3]], [[0, 2]]],
        },
    ];

    private static Reference Swap(Reference x) => Reference.From([x.Shape[1], x.Shape[0]], i => x[i[1], i[0]]);

    private static Reference Product(Reference[] x)
    {
        Shape a = x[0].Shape, b = x[1].Shape;
        Shape.TryBroadcast(new Shape(a.AsSpan()[..^2]), new Shape(b.AsSpan()[..^2]), out Shape batch);
        return Reference.From(new Shape([.. batch.AsSpan(), a[-2], b[-1]]), i =>
        {
            double sum = 0;
            for (int k = 0; k < a[-1]; k++)
            {
                sum += x[0][[.. Batch(a, i), i[^2], k]] * x[1][[.. Batch(b, i), k, i[^1]]];
            }

            return sum;
        });

        static int[] Batch(Shape shape, int[] index)
        {
            int[] own = new int[shape.Rank - 2];
            for (int axis = 0; axis < own.Length; axis++)
            {
                own[axis] = shape[axis] == 1 ? 0 : index[index.Length - shape.Rank + axis];
            }

            return own;
        }
    }

    private static Reference Join(params Reference[] parts) => Reference.From([parts[0].Shape[0], parts.Sum(part => part.Shape[1])], i =>
    {
        int column = i[1];
        foreach (Reference part in parts)
        {
            if (column < part.Shape[1])
            {
                return part[i[0], column];
            }

            column -= part.Shape[1];
        }
        throw new InvalidOperationException();
    });

    private static Reference Scattered(Reference x, Reference source, int[] indices)
    {
        double[] values = (double[])x.Values.Clone();
        for (int i = 0; i < source.Values.Length; i++)
        {
            values[indices[i] * x.Shape[1] + Reference.Index(source.Shape, i)[1]] += source.Values[i];
        }

        return new Reference(x.Shape, values);
    }
}
