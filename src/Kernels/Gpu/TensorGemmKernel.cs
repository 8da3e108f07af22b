using ILGPU;
using ILGPU.Runtime;

namespace Autodiff.Kernels;

/// <summary>Matrix product of floats on the tensor cores of CUDA devices: tiles, slices and the grid are those of <see cref="GemmKernel{T, TTile, TLeft, TRight, TEpilogue}"/>.</summary>
/// <remarks>Its eight warps make 64 by 32 numbers each; see <see cref="TensorGemm"/>.</remarks>
internal readonly struct TensorGemmKernel<TPrecision, TLeft, TRight, TEpilogue> : IKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, GemmPlan, TEpilogue>
    where TPrecision : struct, ITensorPrecision
    where TLeft : struct, IMajor
    where TRight : struct, IMajor
    where TEpilogue : struct, IEpilogue<float>
{
    /// <inheritdoc/>
    public static KernelSpecialization Bounds => new(TensorGemm.Threads, TPrecision.GroupsPerMultiprocessor);

    public static void Run(ArrayView<float> left, ArrayView<float> right, ArrayView<float> y, GemmPlan plan, TEpilogue epilogue)
    {
        const int Size = TensorGemm.Size, Stride = TensorGemm.Stride, Slice = TileSlice.Depth * Stride;
        // One array for the slices of both factors, and then for the results: inline PTX can name it.
        ArrayView<Four<float>> shared = SharedMemory.Allocate<Four<float>>(4 * Slice / 4);
        ArrayView<Four<float>> leftSlices = shared.SubView(0, 2 * Slice / 4), rightSlices = shared.SubView(2 * Slice / 4, 2 * Slice / 4);
        if (TEpilogue.TakesSums)
        {
            RowSums<float, TLeft>.Run(left, plan, epilogue);
        }

        int thread = Group.IdxX, lane = thread & 31, quad = lane & 3, octet = lane >> 2, warpRow = (thread >> 7) * 64, warpColumn = ((thread >> 5) & 3) * 32;
        uint tileRow = plan.TilesPerRow.Divide((uint)Grid.IdxX);
        int row = (int)tileRow * Size, column = (int)((uint)Grid.IdxX - tileRow * plan.TilesPerRow.Value) * Size;
        int begin = Grid.IdxY * plan.Chunk, end = plan.End(begin);
        int batch = plan.FirstBatch + Grid.IdxZ;
        Positions start = plan.Batches.At((uint)batch);
        var leftLoader = new TileLoader<float, TLeft>(thread, Size, Stride, start.X, plan.LeftLeading, row, plan.Rows, begin, end, plan.LeftIsAligned != 0);
        var rightLoader = new TileLoader<float, TRight>(thread, Size, Stride, start.Y, plan.RightLeading, column, plan.Columns, begin, end, plan.RightIsAligned != 0);

        TensorGemm.Start();
        leftLoader.Write(leftSlices, 0, TensorGemm.Prepare<TPrecision>(leftLoader.Read(left)));
        rightLoader.Write(rightSlices, 0, TensorGemm.Prepare<TPrecision>(rightLoader.Read(right)));
        Group.Barrier();
        int turn = 0;
        for (int done = begin; done < end; done += TileSlice.Depth)
        {
            Four<float> nextLeft = leftLoader.Read(left), nextRight = rightLoader.Read(right);
            int at = turn * Slice + quad * Stride + octet;
            TensorGemm.Add<TPrecision>(leftSlices.Cast<float>().SubView(at + warpRow, Slice / 2 + 64), rightSlices.Cast<float>().SubView(at + warpColumn, Slice / 2 + 32));
            turn ^= 1;
            leftLoader.Write(leftSlices, turn * Slice, TensorGemm.Prepare<TPrecision>(nextLeft));
            rightLoader.Write(rightSlices, turn * Slice, TensorGemm.Prepare<TPrecision>(nextRight));
            Group.Barrier();
        }

        int offset = plan.Start + Grid.IdxY * plan.ChunkStep;
        TensorGemm.Store(
            shared.Cast<float>(), y.SubView(offset, y.IntLength - offset), row + warpRow, column + warpColumn, plan.Rows, plan.Columns,
            batch * plan.Rows * plan.Columns, start.Z, epilogue);
        if (TEpilogue.Finishes && Arrivals.IsLast(plan.Counters, Arrivals.OfGrid, Grid.DimZ * Grid.DimY * Grid.DimX))
        {
            epilogue.Finish();
        }
    }
}
