using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A squared error and what it passes back: one launch, in which predictions and targets are read once.</summary>
internal sealed class SquaredErrorFusion<T> : Fusion
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Fuse(CommandList list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is Command<SquaredErrorCall<T>> { Device.PaysForLaunches: true } error)
            {
                TryFuse(list, i, error);
            }
        }
    }

    private static void TryFuse(CommandList list, int index, Command<SquaredErrorCall<T>> error)
    {
        SquaredErrorCall<T> loss = error.Call;
        for (int next = index + 1; next < list.Count; next++)
        {
            if (list[next] is not Command<ZipThreeCall<T, SquaredErrorGradient<T>>> { Call: var back } passed || passed.Device != error.Device
                || !Same(back.A, loss.Prediction) || !Same(back.B, loss.Target) || back.C.Layout.Strides.ContainsAnyExcept(0))
            {
                continue;
            }

            // One launch reads and writes in no order.
            bool isApart = !new[] { loss.Prediction, loss.Target, loss.Loss, back.C }.Any(other => other.Storage.Block == back.Y.Storage.Block);
            if (isApart && back.C.Storage.Block != loss.Loss.Storage.Block && list.CanMoveTo(index, next))
            {
                list.Replace(index, null);
                list.Replace(next, new Command<SquaredErrorGradientCall<T>>(
                    error.Device, new(loss.Prediction, loss.Target, loss.Loss, loss.Scale, back.C, back.Y, back.Op)));
            }

            return;
        }
    }

    private static bool Same(in View<T> a, in View<T> b) =>
        a.Storage == b.Storage && a.Shape == b.Shape && a.Layout.Offset == b.Layout.Offset && a.Layout.Strides.SequenceEqual(b.Layout.Strides);
}
