namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void MaxPoolCore<T>(View<T> x, View<T> y, View<int>? places, SlidingWindow rows, SlidingWindow columns)
    {
        if (y.Count == 0)
        {
            return;
        }

        if (places is not { } found)
        {
            using var unused = new Storage<int>(this, y.Count);
            MaxPool(x, y, new View<int>(unused, new Layout(y.Shape)), rows, columns);
            return;
        }
        var plan = new FoldPlan(y.Count, x.Shape, rows, columns) { Source = x.Layout.Offset, Target = y.Layout.Offset };
        Launch(default(MaxPoolKernel<T>), Over(plan.Count), Elements(x), Elements(y), Elements(found), plan, found.Layout.Offset);
    }

    /// <inheritdoc/>
    internal override void AveragePoolCore<T>(View<T> x, View<T> y, SlidingWindow rows, SlidingWindow columns, T scale)
    {
        if (y.Count == 0)
        {
            return;
        }

        var plan = new FoldPlan(y.Count, x.Shape, rows, columns) { Source = x.Layout.Offset, Target = y.Layout.Offset };
        Launch(default(AveragePoolKernel<T>), Over(plan.Count), Elements(x), Elements(y), plan, scale);
    }

    /// <inheritdoc/>
    internal override void AveragePoolGradientCore<T>(View<T> gradient, View<T> x, SlidingWindow rows, SlidingWindow columns, T scale)
    {
        if (x.Count == 0)
        {
            return;
        }

        var plan = new FoldPlan(x.Count, x.Shape, rows, columns) { Source = gradient.Layout.Offset, Target = x.Layout.Offset };
        Launch(default(AveragePoolGradientKernel<T>), Over(plan.Count), Elements(gradient), Elements(x), plan, scale);
    }
}
