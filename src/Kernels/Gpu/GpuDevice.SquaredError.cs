using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void SquaredErrorCore<T>(View<T> prediction, View<T> target, View<T> loss, T scale)
    {
        Fours fours = Fours.Over([target.Layout, prediction.Layout]);
        int size = Profile.ReductionSize;
        // A group takes at least eight elements per thread; the tutorial's few hundred fit one group and need no second launch.
        int groups = (int)Math.Clamp(fours.Walk.Count / (8L * size), 1, 4 * Profile.ParallelGroups);
        if (groups == 1)
        {
            Launch(default(SquaredErrorKernel<T>), new KernelConfig(1, size), Elements(prediction), Elements(target), Elements(loss), fours, scale, loss.Layout.Offset);
            return;
        }
        using var sums = new Storage<T>(this, groups);
        Launch(default(SquaredErrorKernel<T>), new KernelConfig(groups, size), Elements(prediction), Elements(target), Elements(sums), fours, T.One, 0);
        if (!loss.Layout.TryReshape([1], out Layout one))
            throw new ArgumentException($"SquaredError: the loss has shape {loss.Shape}; it must have one element.");
        Reduce(new View<T>(sums, new Layout([groups])), loss.With(one), new Sum<T>(scale));
    }
}
