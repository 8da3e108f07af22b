using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void SquaredErrorCore<T>(View<T> prediction, View<T> target, View<T> loss, T scale)
    {
        Fours fours = Fours.Over([target.Layout, prediction.Layout]);
        int size = Profile.ReductionSize, groups = GroupsOf(fours);
        if (groups == 1)
        {
            Launch(default(SquaredErrorKernel<T>), new KernelConfig(1, size), Elements(prediction), Elements(target), Elements(loss), fours, scale, loss.Layout.Offset);
            return;
        }
        using var sums = new Storage<T>(this, groups);
        Launch(default(SquaredErrorKernel<T>), new KernelConfig(groups, size), Elements(prediction), Elements(target), Elements(sums), fours, T.One, 0);
        AddUp(sums, loss, scale);
    }

    /// <inheritdoc/>
    internal override void SquaredErrorGradientCore<T>(
        View<T> prediction, View<T> target, View<T> loss, T scale, View<T> gradient, View<T> y, SquaredErrorGradient<T> op)
    {
        Fours fours = Fours.Over([prediction.Layout, target.Layout, y.Layout]);
        int groups = GroupsOf(fours);
        using Storage<T>? sums = groups == 1 ? null : new Storage<T>(this, groups);
        SquaredErrorPlan<T> plan = new()
        {
            Fours = fours,
            Scale = sums is null ? scale : T.One,
            Op = op,
            First = sums is null ? loss.Layout.Offset : 0,
            Gradient = gradient.Layout.Offset,
        };
        Launch(
            default(SquaredErrorGradientKernel<T>), new KernelConfig(groups, Profile.ReductionSize),
            Elements(prediction), Elements(target), sums is null ? Elements(loss) : Elements(sums), Elements(gradient), Elements(y), plan);
        if (sums is not null)
        {
            AddUp(sums, loss, scale);
        }
    }

    /// <summary>A group takes at least eight elements per thread; the tutorial's few hundred fit one group and need no second launch.</summary>
    private int GroupsOf(in Fours fours) => (int)Math.Clamp(fours.Walk.Count / (8L * Profile.ReductionSize), 1, 4 * Profile.ParallelGroups);

    private void AddUp<T>(Storage<T> sums, View<T> loss, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!loss.Layout.TryReshape([1], out Layout one))
        {
            throw new ArgumentException($"SquaredError: the loss has shape {loss.Shape}; it must have one element.");
        }

        Reduce(new View<T>(sums, new Layout([sums.Length])), loss.With(one), new Sum<T>(scale));
    }
}
