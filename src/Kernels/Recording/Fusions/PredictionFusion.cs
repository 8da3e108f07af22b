using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A product that is a prediction, and its squared error with what that passes back: the error is taken while predictions are still in registers.</summary>
internal sealed class PredictionFusion<T> : Fusion
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Those that a ProductFusion makes: a closed list, for ahead-of-time compilation.
    private static readonly Prediction[] Predictions =
    [
        new Prediction<Add<T>>(),
        new Prediction<Then<T, Add<T>, Relu<T>>>(),
        new Prediction<Then<T, Add<T>, Sigmoid<T>>>(),
        new Prediction<Then<T, Add<T>, Tanh<T>>>(),
        new Prediction<Then<T, Add<T>, Softplus<T>>>(),
    ];

    /// <inheritdoc/>
    protected override void Fuse(CommandList list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is not Command<SquaredErrorGradientCall<T>> { Device.ProductsTakeMore: true } error)
            {
                continue;
            }

            foreach (Prediction prediction in Predictions)
            {
                if (prediction.TryFuse(list, i, error))
                {
                    break;
                }
            }
        }
    }

    private abstract class Prediction
    {
        public abstract bool TryFuse(CommandList list, int index, Command<SquaredErrorGradientCall<T>> error);
    }

    private sealed class Prediction<TOp> : Prediction
        where TOp : struct, IBinaryKernel<T>
    {
        public override bool TryFuse(CommandList list, int index, Command<SquaredErrorGradientCall<T>> error)
        {
            SquaredErrorGradientCall<T> loss = error.Call;
            for (int i = index - 1; i >= 0; i--)
            {
                if (list[i] is not Command<MatMulEpilogueCall<T, TOp>> { Call: var product } command || product.Y.Storage != loss.Prediction.Storage)
                {
                    continue;
                }

                View<T> y = product.Y;
                bool isPrediction = command.Device == error.Device && y.Shape.Rank == 2 && y.IsContiguous && loss.Prediction.IsContiguous && loss.Y.IsContiguous
                    && loss.Prediction.Shape == y.Shape && loss.Target.Shape == y.Shape && loss.Prediction.Layout.Offset == y.Layout.Offset
                    && list.IsWrittenOnce(y.Storage);
                // One launch reads and writes in no order.
                bool isApart = ((View<T>[])[loss.Loss, loss.Y, y]).All(written =>
                    ((View<T>[])[product.A, product.B, product.C, loss.Target, loss.Gradient]).All(read => read.Storage.Block != written.Storage.Block));
                if (!isPrediction || !isApart || y.Storage.Block == loss.Y.Storage.Block || y.Storage.Block == loss.Loss.Storage.Block || !list.CanMoveTo(i, index))
                {
                    return false;
                }

                list.Replace(i, null);
                list.Replace(index, new Command<MatMulErrorCall<T, TOp>>(error.Device, new(product, loss)));
                return true;
            }

            return false;
        }
    }
}
