using ILGPU;

namespace Autodiff.Kernels;

/// <summary>128 by 128 numbers by 256 threads, multiplied by tensor cores.</summary>
internal sealed class TensorTile<TPrecision>() : GemmTile<float>(typeof(TPrecision).Name, TPrecision.Speed)
    where TPrecision : struct, ITensorPrecision
{
    /// <inheritdoc/>
    public override int Height => TensorGemm.Size;

    /// <inheritdoc/>
    public override int Width => TensorGemm.Size;

    /// <inheritdoc/>
    public override int Threads => TensorGemm.Threads;

    /// <inheritdoc/>
    public override int GroupsPerMultiprocessor => TPrecision.GroupsPerMultiprocessor;

    // Its inline PTX can give its sums to one epilogue only.
    /// <inheritdoc/>
    public override bool CanBeJoinedByLast => false;

    /// <inheritdoc/>
    public override void Launch<TEpilogue>(
        GpuDevice device, Index3D groups, GemmFactor left, GemmFactor right, ArrayView<float> a, ArrayView<float> b, ArrayView<float> y, ArrayView<float> chunks, GemmPlan plan, TEpilogue epilogue)
    {
        KernelConfig config = new(groups, new Index3D(Threads, 1, 1));
        switch (left.SummedIsContiguous, right.SummedIsContiguous)
        {
            case (true, false):
                device.Launch(default(TensorGemmKernel<TPrecision, SummedMajor, KeptMajor, TEpilogue>), config, a, b, y, plan, epilogue);
                break;
            case (true, true):
                device.Launch(default(TensorGemmKernel<TPrecision, SummedMajor, SummedMajor, TEpilogue>), config, a, b, y, plan, epilogue);
                break;
            case (false, false):
                device.Launch(default(TensorGemmKernel<TPrecision, KeptMajor, KeptMajor, TEpilogue>), config, a, b, y, plan, epilogue);
                break;
            default:
                device.Launch(default(TensorGemmKernel<TPrecision, KeptMajor, SummedMajor, TEpilogue>), config, a, b, y, plan, epilogue);
                break;
        }
    }
}
