using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff.Tests;

/// <summary>Every public operation, at least one row each: adding an operation means adding its row.</summary>
public static partial class OpTable
{
    public static IReadOnlyList<OpTableRow<T>> Rows<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => [.. Elementwise<T>(), .. Masks<T>(), .. Reductions<T>(), .. Shapes<T>(), .. Indexing<T>(), .. Convolutions<T>()];

    public static OpTableRow<T> Row<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T> => Rows<T>().Single(row => row.Name == name);

    public static IEnumerable<string> Names => Rows<double>().Select(row => row.Name);

    private static T C<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(value);

    private static OpTableRow<T> Unary<T>(
        string operation, Func<Tensor<T>, Tensor<T>> function, Func<double, double> reference, (double, double) domain, string variant = "", double[]? kinks = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(operation, variant, x => function(x[0]), x => Reference.Elementwise(v => reference(v[0]), x))
        {
            Shapes = [[[2, 3]], [[]], [[0, 3]], [[37]], [[1, 1, 2]]],
            Scalar = v => reference(v[0]),
            Domain = domain,
            Kinks = kinks ?? [],
        };

    private static OpTableRow<T> Binary<T>(
        string operation, Func<Tensor<T>, Tensor<T>, Tensor<T>> function, Func<double, double, double> reference, (double, double) domain, string variant = "")
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(operation, variant, x => function(x[0], x[1]), x => Reference.Elementwise(v => reference(v[0], v[1]), x))
        {
            Shapes = [[[2, 3], [2, 3]], [[2, 3], [3]], [[2, 1], [1, 3]], [[], [2, 2]], [[2, 2], []], [[], []], [[0, 3], [3]], [[0, 1], [1, 0]], [[37], [37]], [[1], [2, 1, 2]]],
            Scalar = v => reference(v[0], v[1]),
            Domain = domain,
        };
}
