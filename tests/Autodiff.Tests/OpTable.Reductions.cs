using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff.Tests;

public static partial class OpTable
{
    private static OpTableRow<T>[] Reductions<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        .. Reduction<T>("Sum", x => x.Sum(), (x, axes, keep) => x.Sum(axes, keep), values => values.Sum(), ofNothing: true),
        .. Reduction<T>("Mean", x => x.Mean(), (x, axes, keep) => x.Mean(axes, keep), values => values.Length == 0 ? double.NaN : values.Average(), ofNothing: true),
        .. Reduction<T>("Max", x => x.Max(), (x, axes, keep) => x.Max(axes, keep), values => values.Max(), ofNothing: false),
        .. Reduction<T>("Min", x => x.Min(), (x, axes, keep) => x.Min(axes, keep), values => values.Min(), ofNothing: false),
        .. Reduction<T>("Variance", x => x.Variance(), (x, axes, keep) => x.Variance(axes, keepAxes: keep), values => Variance(values, 1), ofNothing: true, ofOne: false),
        .. Reduction<T>("LogSumExp", x => x.LogSumExp(), (x, axes, keep) => x.LogSumExp(axes, keep), values => Math.Log(values.Sum(Math.Exp)), ofNothing: true),
        new("Variance", "of a population", x => x[0].Variance([-1], correction: 0), x => x[0].Along([-1], false, values => Variance(values, 0))) { Shapes = [[[3, 4]], [[2, 1]]] },
        new("Softmax", "last axis", x => x[0].Softmax(), x => Softmax(x[0], -1)) { Shapes = [[[2, 3]], [[4]], [[0, 3]], [[2, 0]], [[2, 1]], [[3, 37]]] },
        new("Softmax", "first axis", x => x[0].Softmax(0), x => Softmax(x[0], 0)) { Shapes = [[[2, 3]], [[3, 2, 2]], [[19, 21]]] },
        new("Softmax", "middle axis", x => x[0].Softmax(1), x => Softmax(x[0], 1)) { Shapes = [[[2, 3, 2]], [[2, 11, 3]]] },
        new("LogSoftmax", "last axis", x => x[0].LogSoftmax(), x => Log(Softmax(x[0], -1))) { Shapes = [[[2, 3]], [[4]], [[0, 3]], [[2, 0]], [[2, 1]], [[3, 37]]] },
        new("LogSoftmax", "first axis", x => x[0].LogSoftmax(0), x => Log(Softmax(x[0], 0))) { Shapes = [[[2, 3]], [[3, 2, 2]], [[19, 21]]] },
        new("LayerNorm", "", x => x[0].LayerNorm([x[0].Shape[-1]], x[1], x[2], 0.25), x => Normalized(x[0], 1, x[1], x[2], 0.25))
        {
            Shapes = [[[2, 4], [4], [4]], [[3], [3], [3]], [[0, 3], [3], [3]], [[2, 1], [1], [1]], [[3, 37], [37], [37]]],
        },
        new("LayerNorm", "two axes, no weight", x => x[0].LayerNorm([x[0].Shape[-2], x[0].Shape[-1]], epsilon: 0.25), x => Normalized(x[0], 2, null, null, 0.25))
        {
            Shapes = [[[2, 2, 2]], [[2, 3]]],
        },
        new("LayerNorm", "no bias", x => x[0].LayerNorm([3], x[1], epsilon: 0.25), x => Normalized(x[0], 1, x[1], null, 0.25)) { Shapes = [[[2, 3], [3]]] },
        new("LayerNorm", "no weight", x => x[0].LayerNorm([3], bias: x[1], epsilon: 0.25), x => Normalized(x[0], 1, null, x[1], 0.25)) { Shapes = [[[2, 3], [3]]] },
        new("CumulativeSum", "", x => x[0].CumulativeSum(-1), x => Running(x[0], -1, false)) { Shapes = [[[2, 3]], [[5]], [[0, 3]], [[3, 0]]] },
        new("CumulativeSum", "first axis, reverse", x => x[0].CumulativeSum(0, reverse: true), x => Running(x[0], 0, true)) { Shapes = [[[3, 2]], [[2, 2, 2]]] },
    ];

    private static IEnumerable<OpTableRow<T>> Reduction<T>(
        string operation, Func<Tensor<T>, Tensor<T>> all, Func<Tensor<T>, int[], bool, Tensor<T>> some, Func<double[], double> reference, bool ofNothing, bool ofOne = true)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape[][] one = ofOne ? [[[]], [[1, 1]]] : [], nothing = ofNothing ? [[[0]], [[2, 0]]] : [];
        yield return new(operation, "", x => all(x[0]), x => x[0].Along(Enumerable.Range(0, x[0].Shape.Rank).ToArray(), false, reference))
        {
            Shapes = [[[2, 3]], .. one, .. nothing, [[41]]],
        };
        yield return new(operation, "last axis", x => some(x[0], [-1], false), x => x[0].Along([-1], false, reference))
        {
            Shapes = [[[2, 3]], [[4]], [[0, 3]], [[2, 2, 2]], .. ofNothing ? new Shape[][] { [[2, 0]] } : []],
        };
        yield return new(operation, "first and last axis, kept", x => some(x[0], [0, -1], true), x => x[0].Along([0, -1], true, reference)) { Shapes = [[[2, 3, 2]], [[3, 2]]] };
        if (ofOne)
        {
            yield return new(operation, "no axis", x => some(x[0], [], false), x => x[0].Along([], false, reference)) { Shapes = [[[2, 2]], [[]]] };
        }
    }

    private static double Variance(double[] values, int correction)
    {
        double mean = values.Length == 0 ? double.NaN : values.Average();
        return values.Length <= correction ? double.NaN : values.Sum(value => (value - mean) * (value - mean)) / (values.Length - correction);
    }

    private static Reference Softmax(Reference x, int axis)
    {
        if (x.Values.Length == 0)
        {
            return x;
        }

        Reference total = x.Along([axis], true, values => values.Sum(Math.Exp));
        return Reference.Elementwise(v => Math.Exp(v[0]) / v[1], x, total);
    }

    private static Reference Normalized(Reference x, int axes, Reference? weight, Reference? bias, double epsilon)
    {
        int[] last = Enumerable.Range(x.Shape.Rank - axes, axes).ToArray();
        Reference mean = x.Along(last, true, values => values.Average()), variance = x.Along(last, true, values => Variance(values, 0));
        Reference one = new([], [1]), zero = new([], [0]);
        return Reference.Elementwise(v => (v[0] - v[1]) / Math.Sqrt(v[2] + epsilon) * v[3] + v[4], x, mean, variance, weight ?? one, bias ?? zero);
    }

    private static Reference Log(Reference x) => Reference.Elementwise(v => Math.Log(v[0]), x);

    private static Reference Running(Reference x, int axis, bool reverse) => Reference.From(x.Shape, index =>
    {
        int along = x.Shape.Axis(axis);
        double sum = 0;
        int[] at = (int[])index.Clone();
        for (at[along] = reverse ? index[along] : 0; at[along] <= (reverse ? x.Shape[axis] - 1 : index[along]); at[along]++)
        {
            sum += x[at];
        }

        return sum;
    });
}
