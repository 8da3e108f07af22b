using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>Matrix products that are the gradients of large weights, and the Adam step: weights are updated while the gradients are still in registers.</summary>
internal sealed class AdamFusion<T> : Fusion
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Smaller gradients stay in the cache between two launches, and small parameters share one launch.
    private const int LeastElements = 1 << 14;

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
            int product = ProductOf(list, index, adam, parameter);
            if (product < 0)
            {
                others.Add(parameter);
                continue;
            }

            MatMulCall<T> call = ((Command<MatMulCall<T>>)list[product]!).Call;
            products.Add(new MatMulAdamCall<T>(call.A, call.B, parameter, adam.Call.Step));
            list.Replace(product, null);
        }

        if (products.Count > 0)
        {
            list.Replace(index, new AdamProductsCommand<T>(adam, [.. products], [.. others]));
        }
    }

    /// <summary>The product that makes a parameter's gradient, if it may as well be made at the step.</summary>
    private static int ProductOf(CommandList list, int index, Command<AdamCall<T>> adam, in AdamParameter<T> parameter)
    {
        Layout gradient = parameter.Gradient.Layout;
        if (gradient.Shape.Count < LeastElements || !gradient.IsContiguous || !parameter.Parameter.IsContiguous)
        {
            return -1;
        }

        for (int i = 0; i < index; i++)
        {
            if (list[i] is Command<MatMulCall<T>> { Call: var product } command && product.Y.Storage == parameter.Gradient.Storage)
            {
                bool isWhole = product.Y.Shape.Rank == 2 && product.Y.IsContiguous && product.Y.Count == gradient.Shape.Count && product.Y.Layout.Offset == gradient.Offset;
                // What the step changes must not be what some product of it reads.
                return isWhole && command.Device == adam.Device && list.IsWrittenOnce(product.Y.Storage) && list.CanMoveTo(i, index) && !list.Changes(index, i) ? i : -1;
            }
        }

        return -1;
    }
}
