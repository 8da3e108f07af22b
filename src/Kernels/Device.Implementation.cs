using System.Numerics;

namespace Autodiff.Kernels;

// What a device implements: each family as its public method describes it. They are called for kernels that run now, by a caller or by a replay.
public abstract partial class Device
{
    internal abstract void UploadCore<T>(ReadOnlySpan<T> source, Storage<T> destination, int offset)
        where T : unmanaged;

    internal abstract void DownloadCore<T>(Storage<T> source, int offset, Span<T> destination)
        where T : unmanaged;

    internal abstract void MapCore<T, TOp>(View<T> x, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IUnaryKernel<T>;

    internal abstract void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryKernel<T>;

    internal abstract void ZipCore<T, TOp>(View<T> a, View<T> b, View<T> c, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, ITernaryKernel<T>;

    internal abstract void ReduceCore<T, TOp>(View<T> x, View<T> y, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IReductionKernel<T>;

    internal abstract void RowsCore<T, TOp>(View<T> x, View<T> p, View<T> q, View<T> y, int axis, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IRowKernel<T>;

    internal abstract void CumulativeSumCore<T>(View<T> x, View<T> y, int axis, bool reverse)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void MatMulCore<T>(View<T> a, View<T> b, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void ConvolveCore<T>(View<T> x, View<T> weight, View<T>? bias, View<T> y, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void ConvolveGradientCore<T>(View<T> gradient, View<T> weight, View<T> x, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void ConvolveWeightGradientCore<T>(View<T> x, View<T> gradient, View<T> weight, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void MaxPoolCore<T>(View<T> x, View<T> y, View<int>? places, SlidingWindow rows, SlidingWindow columns)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void AveragePoolCore<T>(View<T> x, View<T> y, SlidingWindow rows, SlidingWindow columns, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void AveragePoolGradientCore<T>(View<T> gradient, View<T> x, SlidingWindow rows, SlidingWindow columns, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void FillCore<T>(View<T> y, T value)
        where T : unmanaged;

    internal abstract void CopyCore<T>(View<T> x, View<T> y)
        where T : unmanaged;

    internal abstract void GatherCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void ScatterAddCore<T>(View<T> x, View<int> indices, View<T> y, int axis)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void RandomUniformCore<T>(View<T> y, ulong seed, ulong offset)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void RandomNormalCore<T>(View<T> y, ulong seed, ulong offset)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void SquaredErrorCore<T>(View<T> prediction, View<T> target, View<T> loss, T scale)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void AdamCore<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;

    internal abstract void SgdCore<T>(ReadOnlySpan<SgdParameter<T>> parameters, in SgdStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
