using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A matrix product, what is done with it elementwise (a bias is added, a rectifier's gradient passes), and an activation: one call.</summary>
/// <remarks>The numbers stay the same to the last bit where the device's product does not depend on what follows it.</remarks>
internal sealed class ProductFusion<T> : Fusion
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Closed lists of types that the compiler sees: reflection could not make others where there is no JIT compiler.
    private static readonly Epilogue[] Epilogues =
    [
        new Epilogue<Add<T>>(isCommutative: true),
        new Epilogue<ReluGradient<T>>(isCommutative: false),
    ];

    private static readonly Activation[] Activations =
    [
        new Activation<Relu<T>>(),
        new Activation<LeakyRelu<T>>(),
        new Activation<Elu<T>>(),
        new Activation<Sigmoid<T>>(),
        new Activation<Tanh<T>>(),
        new Activation<Softplus<T>>(),
    ];

    /// <inheritdoc/>
    protected override void Fuse(CommandList list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is not Command<MatMulCall<T>> product || !list.IsPassing(product.Call.Y.Storage))
            {
                continue;
            }

            foreach (Epilogue epilogue in Epilogues)
            {
                if (epilogue.TryFuse(list, i, product))
                {
                    break;
                }
            }
        }
    }

    // The fused call reads its operands when the result, which may lie where one of them was, is being written.
    private static bool Disturbs(View<T> y, View<T> operand) => y.Storage.Block == operand.Storage.Block;

    private static bool Same(in Layout a, in Layout b) => a.Shape == b.Shape && a.IsContiguous && b.IsContiguous && a.Offset == b.Offset;

    private abstract class Epilogue
    {
        public abstract bool TryFuse(CommandList list, int index, Command<MatMulCall<T>> product);
    }

    private sealed class Epilogue<TOp>(bool isCommutative) : Epilogue
        where TOp : struct, IBinaryKernel<T>
    {
        public override bool TryFuse(CommandList list, int index, Command<MatMulCall<T>> product)
        {
            int next = list.NextUse(index, product.Call.Y.Storage);
            if (next < 0 || list[next] is not Command<ZipCall<T, TOp>> { Call: var zip } follower || follower.Device != product.Device)
            {
                return false;
            }

            (View<T> a, View<T> b, View<T> made) = (product.Call.A, product.Call.B, product.Call.Y);
            (View<T> used, View<T> c) = isCommutative && zip.B.Storage == made.Storage ? (zip.B, zip.A) : (zip.A, zip.B);
            if (used.Storage != made.Storage || !Same(used.Layout, made.Layout) || !Same(zip.Y.Layout, made.Layout))
            {
                return false;
            }

            foreach (Activation activation in Activations)
            {
                if (activation.TryFuse(list, index, next, product, c, zip))
                {
                    return true;
                }
            }

            if (Disturbs(zip.Y, a) || Disturbs(zip.Y, b) || Disturbs(zip.Y, c))
            {
                return false;
            }

            list.Replace(index, null);
            list.Replace(next, new Command<MatMulEpilogueCall<T, TOp>>(product.Device, new(a, b, c, zip.Y, zip.Op)));
            return true;
        }
    }

    private abstract class Activation
    {
        public abstract bool TryFuse<TOp>(CommandList list, int first, int second, Command<MatMulCall<T>> product, View<T> c, ZipCall<T, TOp> zip)
            where TOp : struct, IBinaryKernel<T>;
    }

    private sealed class Activation<TActivation> : Activation
        where TActivation : struct, IUnaryKernel<T>
    {
        public override bool TryFuse<TOp>(CommandList list, int first, int second, Command<MatMulCall<T>> product, View<T> c, ZipCall<T, TOp> zip)
        {
            // Right behind: what lies between was looked at up to the second call only.
            int third = second + 1;
            if (list[third] is not Command<MapCall<T, TActivation>> { Call: var map } follower || follower.Device != product.Device)
            {
                return false;
            }

            (View<T> a, View<T> b) = (product.Call.A, product.Call.B);
            bool follows = map.X.Storage == zip.Y.Storage && Same(map.X.Layout, zip.Y.Layout) && Same(map.Y.Layout, zip.Y.Layout);
            if (!follows || !list.IsPassing(zip.Y.Storage) || Disturbs(map.Y, a) || Disturbs(map.Y, b) || Disturbs(map.Y, c))
            {
                return false;
            }

            list.Replace(first, null);
            list.Replace(second, null);
            list.Replace(third, new Command<MatMulEpilogueCall<T, Then<T, TOp, TActivation>>>(product.Device, new(a, b, c, map.Y, new(zip.Op, map.Op))));
            return true;
        }
    }
}
