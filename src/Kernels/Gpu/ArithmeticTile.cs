using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>A tile whose sums are made by ordinary arithmetic, as an <see cref="ITile{T}"/> says.</summary>
internal sealed class ArithmeticTile<T, TTile>(double efficiency) : GemmTile<T>(typeof(TTile).Name, efficiency)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TTile : struct, ITile<T>
{
    /// <inheritdoc/>
    public override int Height => TTile.Rows * TTile.RowsPerThread;

    /// <inheritdoc/>
    public override int Width => TTile.Columns * 8;

    /// <inheritdoc/>
    public override int Threads => TTile.Rows * TTile.Columns;

    /// <inheritdoc/>
    public override int GroupsPerMultiprocessor => TTile.GroupsPerMultiprocessor;

    /// <inheritdoc/>
    public override bool CanBeJoinedByLast => true;

    /// <inheritdoc/>
    public override void Launch<TEpilogue>(
        GpuDevice device, Index3D groups, GemmFactor left, GemmFactor right, ArrayView<T> a, ArrayView<T> b, ArrayView<T> y, ArrayView<T> chunks, GemmPlan plan, TEpilogue epilogue)
    {
        KernelConfig config = new(groups, new Index3D(Threads, 1, 1));
        switch (left.SummedIsContiguous, right.SummedIsContiguous)
        {
            case (true, false):
                device.Launch(default(GemmKernel<T, TTile, SummedMajor, KeptMajor, TEpilogue>), config, a, b, y, chunks, plan, epilogue);
                break;
            case (true, true):
                device.Launch(default(GemmKernel<T, TTile, SummedMajor, SummedMajor, TEpilogue>), config, a, b, y, chunks, plan, epilogue);
                break;
            case (false, false):
                device.Launch(default(GemmKernel<T, TTile, KeptMajor, KeptMajor, TEpilogue>), config, a, b, y, chunks, plan, epilogue);
                break;
            default:
                device.Launch(default(GemmKernel<T, TTile, KeptMajor, SummedMajor, TEpilogue>), config, a, b, y, chunks, plan, epilogue);
                break;
        }
    }

    /// <inheritdoc/>
    public override void LaunchConvolution<TEpilogue>(
        GpuDevice device, Index3D groups, bool sumsOverWindows, ArrayView<T> a, ArrayView<T> images, ArrayView<T> y, ConvolutionPlan plan, TEpilogue epilogue)
    {
        KernelConfig config = new(groups, new Index3D(Threads, 1, 1));
        if (sumsOverWindows)
        {
            device.Launch(default(ConvolutionKernel<T, TTile, SummedMajor, TEpilogue>), config, a, images, y, plan, epilogue);
        }
        else
        {
            device.Launch(default(ConvolutionKernel<T, TTile, KeptMajor, TEpilogue>), config, a, images, y, plan, epilogue);
        }
    }
}
