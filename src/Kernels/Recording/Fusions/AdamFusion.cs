using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>
/// Matrix products that are the gradients of weights, and the Adam step: weights are updated while the gradients are still in registers. With them the biases whose gradients are
/// sums over what the products read anyway.
/// </summary>
internal sealed class AdamFusion<T> : Fusion
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Where a product does one thing at a time, smaller gradients stay in the cache between two launches, and small parameters share one launch.
    private const int LeastElements = 1 << 14;

    // Each product of the step is a launch of its own, outside of graphs since its numbers change. That pays for a few, not for the small layers of a deep network, whose other
    // calls are in a graph and whose parameters share one launch.
    private const int MostSmallParameters = 8;

    /// <inheritdoc/>
    protected override void Fuse(CommandList list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list.Kept(i) is Command<AdamCall<T>> { Device.PaysForLaunches: true } adam)
            {
                Fuse(list, i, adam);
            }
        }
    }

    private static void Fuse(CommandList list, int index, Command<AdamCall<T>> adam)
    {
        List<MatMulAdamCall<T>> products = [];
        List<AdamParameter<T>> others = [];
        foreach (AdamParameter<T> parameter in adam.Call.Parameters.AsSpan(0, adam.Call.Count))
        {
            if (ProductOf(list, index, adam, parameter, products) is { } product)
            {
                products.Add(product);
            }
            else
            {
                others.Add(parameter);
            }
        }

        if (products.Count == 0)
        {
            return;
        }

        if (adam.Device.ProductsTakeMore)
        {
            others.RemoveAll(parameter => TryAddSums(list, index, adam, parameter, products));
        }

        list.Replace(index, new AdamProductsCommand<T>(adam, [.. products], [.. others]));
    }

    private static bool TakesSmall(Command<AdamCall<T>> adam) => adam.Device.ProductsTakeMore && adam.Call.Count <= MostSmallParameters;

    /// <summary>The product that makes a parameter's gradient, taken from the list, if it may as well be made at the step.</summary>
    private static MatMulAdamCall<T>? ProductOf(CommandList list, int index, Command<AdamCall<T>> adam, in AdamParameter<T> parameter, List<MatMulAdamCall<T>> before)
    {
        Layout gradient = parameter.Gradient.Layout;
        if (!gradient.IsContiguous || !parameter.Parameter.IsContiguous || (gradient.Shape.Count < LeastElements && !TakesSmall(adam)))
        {
            return null;
        }

        for (int i = 0; i < index; i++)
        {
            if (list[i] is not Command<MatMulCall<T>> { Call: var product } command || product.Y.Storage != parameter.Gradient.Storage)
            {
                continue;
            }

            bool isWhole = product.Y.Shape.Rank == 2 && product.Y.IsContiguous && product.Y.Count == gradient.Shape.Count && product.Y.Layout.Offset == gradient.Offset;
            if (!isWhole || command.Device != adam.Device || !MayFollow(list, i, index, product.Y.Storage, before))
            {
                return null;
            }

            list.Replace(i, null);
            return new MatMulAdamCall<T>(product.A, product.B, parameter, null, adam.Call.Step);
        }

        return null;
    }

    /// <summary>Gives a parameter to the product whose left factor's rows are added up in its gradient, if that sum may as well be made there.</summary>
    private static bool TryAddSums(CommandList list, int index, Command<AdamCall<T>> adam, AdamParameter<T> parameter, List<MatMulAdamCall<T>> products)
    {
        for (int i = 0; i < index; i++)
        {
            if (list[i] is not Command<ReduceCall<T, Sum<T>>> { Call: var sum } command || sum.Y.Storage != parameter.Gradient.Storage)
            {
                continue;
            }

            int product = products.FindIndex(product => product.Sums is null && AddsRows(sum, product.A));
            bool isWhole = sum.Y.IsContiguous && parameter.Gradient.IsContiguous && parameter.Parameter.IsContiguous
                && sum.Y.Layout.Offset == parameter.Gradient.Layout.Offset && sum.Op.Finish(T.One) == T.One;
            if (product < 0 || !isWhole || command.Device != adam.Device || !MayFollow(list, i, index, sum.Y.Storage, products))
            {
                return false;
            }

            list.Replace(i, null);
            products[product] = products[product] with { Sums = parameter };
            return true;
        }

        return false;
    }

    /// <summary>Whether a call that makes a gradient may as well be made at the step, beside some products that were taken there already.</summary>
    private static bool MayFollow(CommandList list, int i, int index, Storage gradient, List<MatMulAdamCall<T>> before) =>
        // What the step changes must not be what some product of it reads, be it in memory that another's gradient takes over.
        list.IsWrittenOnce(gradient) && list.CanMoveTo(i, index) && !list.Changes(index, i)
        && !before.Exists(product => Shares(product.A, gradient) || Shares(product.B, gradient) || list.Reads(i, product.Parameter.Gradient.Storage.Block));

    private static bool Shares(in View<T> view, Storage storage) => view.Storage.Block == storage.Block;

    /// <summary>Whether a reduction adds up the rows of a matrix, which it sees transposed: [k, m] to [1, m], where the matrix is [m, k].</summary>
    private static bool AddsRows(in ReduceCall<T, Sum<T>> sum, in View<T> matrix) =>
        sum.X.Storage == matrix.Storage && sum.X.Layout.Offset == matrix.Layout.Offset && sum.X.Shape.Rank == 2 && sum.Y.Shape.Rank == 2 && sum.Y.Shape[0] == 1
        && sum.X.Shape[0] == matrix.Shape[1] && sum.X.Shape[1] == matrix.Shape[0] && sum.Y.Shape[1] == matrix.Shape[0]
        && (matrix.Shape[1] == 1 || sum.X.Layout.Stride(0) == matrix.Layout.Stride(1)) && (matrix.Shape[0] == 1 || sum.X.Layout.Stride(1) == matrix.Layout.Stride(0));
}
