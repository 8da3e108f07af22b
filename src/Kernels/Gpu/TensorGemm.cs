using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace Autodiff.Kernels;

/// <summary>What one warp of <see cref="TensorGemmKernel{TPrecision, TLeft, TRight, TEpilogue}"/> does: 4 by 4 products of 16 by 8 numbers by inline PTX.</summary>
/// <remarks>
/// The sums and the fragments are registers that the PTX declares itself, so that ILGPU's compiler, which would keep arguments by reference in local memory, does not see them:
/// sum[4 (4 i + j) ..] are the four numbers of a thread in product (i, j); left[4 i ..] and right[2 j ..] its parts of the factors, leftLow and rightLow what splitting leaves of them.
/// A thread's parts, by its place in the warp (quad = lane mod 4, octet = lane / 4), are those of mma.m16n8k8 in NVIDIA's PTX ISA, "Matrix Fragments for mma.m16n8k8":
/// of the left factor rows octet and octet + 8, summands quad and quad + 4; of the right one column octet, the same summands; of the sum the same rows, columns 2 quad and 2 quad + 1.
/// Tensor cores round sums towards 0; each step therefore begins at 0 and is added to the sums by an ordinary, rounded addition, else errors would grow with the length of the sum.
/// </remarks>
internal static class TensorGemm
{
    /// <summary>The rows and columns of a tile.</summary>
    public const int Size = 128;

    /// <summary>The threads of a group.</summary>
    public const int Threads = 256;

    /// <summary>How far lines of a slice lie apart: 8 modulo the 32 banks, so that four lines of eight elements hit all banks.</summary>
    public const int Stride = Size + 8;

    /// <summary>How far the rows of results lie apart in shared memory: sixteen rows of 32 from each of eight warps fit where the slices were.</summary>
    public const int StagedStride = 34;

    /// <summary>Declares the registers and sets the sums to 0. Once in a kernel, before all else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Start()
    {
        CudaAsm.Emit(".reg .f32 sum<64>;");
        CudaAsm.Emit(".reg .b32 left<16>;");
        CudaAsm.Emit(".reg .b32 leftLow<16>;");
        CudaAsm.Emit(".reg .b32 right<8>;");
        CudaAsm.Emit(".reg .b32 rightLow<8>;");
        CudaAsm.Emit("mov.f32 sum0, 0f00000000; mov.f32 sum1, 0f00000000; mov.f32 sum2, 0f00000000; mov.f32 sum3, 0f00000000; mov.f32 sum4, 0f00000000; mov.f32 sum5, 0f00000000; mov.f32 sum6, 0f00000000; mov.f32 sum7, 0f00000000;");
        CudaAsm.Emit("mov.f32 sum8, 0f00000000; mov.f32 sum9, 0f00000000; mov.f32 sum10, 0f00000000; mov.f32 sum11, 0f00000000; mov.f32 sum12, 0f00000000; mov.f32 sum13, 0f00000000; mov.f32 sum14, 0f00000000; mov.f32 sum15, 0f00000000;");
        CudaAsm.Emit("mov.f32 sum16, 0f00000000; mov.f32 sum17, 0f00000000; mov.f32 sum18, 0f00000000; mov.f32 sum19, 0f00000000; mov.f32 sum20, 0f00000000; mov.f32 sum21, 0f00000000; mov.f32 sum22, 0f00000000; mov.f32 sum23, 0f00000000;");
        CudaAsm.Emit("mov.f32 sum24, 0f00000000; mov.f32 sum25, 0f00000000; mov.f32 sum26, 0f00000000; mov.f32 sum27, 0f00000000; mov.f32 sum28, 0f00000000; mov.f32 sum29, 0f00000000; mov.f32 sum30, 0f00000000; mov.f32 sum31, 0f00000000;");
        CudaAsm.Emit("mov.f32 sum32, 0f00000000; mov.f32 sum33, 0f00000000; mov.f32 sum34, 0f00000000; mov.f32 sum35, 0f00000000; mov.f32 sum36, 0f00000000; mov.f32 sum37, 0f00000000; mov.f32 sum38, 0f00000000; mov.f32 sum39, 0f00000000;");
        CudaAsm.Emit("mov.f32 sum40, 0f00000000; mov.f32 sum41, 0f00000000; mov.f32 sum42, 0f00000000; mov.f32 sum43, 0f00000000; mov.f32 sum44, 0f00000000; mov.f32 sum45, 0f00000000; mov.f32 sum46, 0f00000000; mov.f32 sum47, 0f00000000;");
        CudaAsm.Emit("mov.f32 sum48, 0f00000000; mov.f32 sum49, 0f00000000; mov.f32 sum50, 0f00000000; mov.f32 sum51, 0f00000000; mov.f32 sum52, 0f00000000; mov.f32 sum53, 0f00000000; mov.f32 sum54, 0f00000000; mov.f32 sum55, 0f00000000;");
        CudaAsm.Emit("mov.f32 sum56, 0f00000000; mov.f32 sum57, 0f00000000; mov.f32 sum58, 0f00000000; mov.f32 sum59, 0f00000000; mov.f32 sum60, 0f00000000; mov.f32 sum61, 0f00000000; mov.f32 sum62, 0f00000000; mov.f32 sum63, 0f00000000;");
    }

    /// <summary>Numbers on their way to shared memory: rounded to TF32, unless they are to be split.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<float> Prepare<TPrecision>(Four<float> v)
        where TPrecision : struct, ITensorPrecision
    {
        if (TPrecision.IsSplit)
        {
            return v;
        }

        return new Four<float> { X = Round(v.X), Y = Round(v.Y), Z = Round(v.Z), W = Round(v.W) };
    }

    /// <summary>The part of a number that TF32 holds: cut, so that what is left is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float High(float x) => Interop.IntAsFloat(Interop.FloatAsInt(x) & 0xffffe000);

    /// <summary>The rest of a number, rounded to TF32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Low(float x) => Interop.IntAsFloat((Interop.FloatAsInt(x - High(x)) + 0x1000) & 0xffffe000);

    /// <summary>The nearest number of TF32, ties away from 0; NaN and infinities as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float x)
    {
        uint bits = Interop.FloatAsInt(x);
        return (bits & 0x7f800000) == 0x7f800000 ? x : Interop.IntAsFloat((bits + 0x1000) & 0xffffe000);
    }

    /// <summary>Adds the products of one slice.</summary>
    /// <param name="a">The left slice, from the thread's first element on.</param>
    /// <param name="b">The right slice, likewise.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TPrecision>(ArrayView<float> a, ArrayView<float> b)
        where TPrecision : struct, ITensorPrecision
    {
        if (TPrecision.IsSplit)
        {
            CudaAsm.Emit("mov.b32 left0, %0; mov.b32 leftLow0, %1;", High(a[0]), Low(a[0]));
            CudaAsm.Emit("mov.b32 left1, %0; mov.b32 leftLow1, %1;", High(a[8]), Low(a[8]));
            CudaAsm.Emit("mov.b32 left2, %0; mov.b32 leftLow2, %1;", High(a[4 * Stride + 0]), Low(a[4 * Stride + 0]));
            CudaAsm.Emit("mov.b32 left3, %0; mov.b32 leftLow3, %1;", High(a[4 * Stride + 8]), Low(a[4 * Stride + 8]));
            CudaAsm.Emit("mov.b32 left4, %0; mov.b32 leftLow4, %1;", High(a[16]), Low(a[16]));
            CudaAsm.Emit("mov.b32 left5, %0; mov.b32 leftLow5, %1;", High(a[24]), Low(a[24]));
            CudaAsm.Emit("mov.b32 left6, %0; mov.b32 leftLow6, %1;", High(a[4 * Stride + 16]), Low(a[4 * Stride + 16]));
            CudaAsm.Emit("mov.b32 left7, %0; mov.b32 leftLow7, %1;", High(a[4 * Stride + 24]), Low(a[4 * Stride + 24]));
            CudaAsm.Emit("mov.b32 left8, %0; mov.b32 leftLow8, %1;", High(a[32]), Low(a[32]));
            CudaAsm.Emit("mov.b32 left9, %0; mov.b32 leftLow9, %1;", High(a[40]), Low(a[40]));
            CudaAsm.Emit("mov.b32 left10, %0; mov.b32 leftLow10, %1;", High(a[4 * Stride + 32]), Low(a[4 * Stride + 32]));
            CudaAsm.Emit("mov.b32 left11, %0; mov.b32 leftLow11, %1;", High(a[4 * Stride + 40]), Low(a[4 * Stride + 40]));
            CudaAsm.Emit("mov.b32 left12, %0; mov.b32 leftLow12, %1;", High(a[48]), Low(a[48]));
            CudaAsm.Emit("mov.b32 left13, %0; mov.b32 leftLow13, %1;", High(a[56]), Low(a[56]));
            CudaAsm.Emit("mov.b32 left14, %0; mov.b32 leftLow14, %1;", High(a[4 * Stride + 48]), Low(a[4 * Stride + 48]));
            CudaAsm.Emit("mov.b32 left15, %0; mov.b32 leftLow15, %1;", High(a[4 * Stride + 56]), Low(a[4 * Stride + 56]));
            CudaAsm.Emit("mov.b32 right0, %0; mov.b32 rightLow0, %1;", High(b[0]), Low(b[0]));
            CudaAsm.Emit("mov.b32 right1, %0; mov.b32 rightLow1, %1;", High(b[4 * Stride + 0]), Low(b[4 * Stride + 0]));
            CudaAsm.Emit("mov.b32 right2, %0; mov.b32 rightLow2, %1;", High(b[8]), Low(b[8]));
            CudaAsm.Emit("mov.b32 right3, %0; mov.b32 rightLow3, %1;", High(b[4 * Stride + 8]), Low(b[4 * Stride + 8]));
            CudaAsm.Emit("mov.b32 right4, %0; mov.b32 rightLow4, %1;", High(b[16]), Low(b[16]));
            CudaAsm.Emit("mov.b32 right5, %0; mov.b32 rightLow5, %1;", High(b[4 * Stride + 16]), Low(b[4 * Stride + 16]));
            CudaAsm.Emit("mov.b32 right6, %0; mov.b32 rightLow6, %1;", High(b[24]), Low(b[24]));
            CudaAsm.Emit("mov.b32 right7, %0; mov.b32 rightLow7, %1;", High(b[4 * Stride + 24]), Low(b[4 * Stride + 24]));
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow0, leftLow1, leftLow2, leftLow3}, {right0, right1}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {rightLow0, rightLow1}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {right0, right1}, {s0, s1, s2, s3}; add.rn.f32 sum0, sum0, s0; add.rn.f32 sum1, sum1, s1; add.rn.f32 sum2, sum2, s2; add.rn.f32 sum3, sum3, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow0, leftLow1, leftLow2, leftLow3}, {right2, right3}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {rightLow2, rightLow3}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {right2, right3}, {s0, s1, s2, s3}; add.rn.f32 sum4, sum4, s0; add.rn.f32 sum5, sum5, s1; add.rn.f32 sum6, sum6, s2; add.rn.f32 sum7, sum7, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow0, leftLow1, leftLow2, leftLow3}, {right4, right5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {rightLow4, rightLow5}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {right4, right5}, {s0, s1, s2, s3}; add.rn.f32 sum8, sum8, s0; add.rn.f32 sum9, sum9, s1; add.rn.f32 sum10, sum10, s2; add.rn.f32 sum11, sum11, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow0, leftLow1, leftLow2, leftLow3}, {right6, right7}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {rightLow6, rightLow7}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left0, left1, left2, left3}, {right6, right7}, {s0, s1, s2, s3}; add.rn.f32 sum12, sum12, s0; add.rn.f32 sum13, sum13, s1; add.rn.f32 sum14, sum14, s2; add.rn.f32 sum15, sum15, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow4, leftLow5, leftLow6, leftLow7}, {right0, right1}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {rightLow0, rightLow1}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {right0, right1}, {s0, s1, s2, s3}; add.rn.f32 sum16, sum16, s0; add.rn.f32 sum17, sum17, s1; add.rn.f32 sum18, sum18, s2; add.rn.f32 sum19, sum19, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow4, leftLow5, leftLow6, leftLow7}, {right2, right3}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {rightLow2, rightLow3}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {right2, right3}, {s0, s1, s2, s3}; add.rn.f32 sum20, sum20, s0; add.rn.f32 sum21, sum21, s1; add.rn.f32 sum22, sum22, s2; add.rn.f32 sum23, sum23, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow4, leftLow5, leftLow6, leftLow7}, {right4, right5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {rightLow4, rightLow5}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {right4, right5}, {s0, s1, s2, s3}; add.rn.f32 sum24, sum24, s0; add.rn.f32 sum25, sum25, s1; add.rn.f32 sum26, sum26, s2; add.rn.f32 sum27, sum27, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow4, leftLow5, leftLow6, leftLow7}, {right6, right7}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {rightLow6, rightLow7}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left4, left5, left6, left7}, {right6, right7}, {s0, s1, s2, s3}; add.rn.f32 sum28, sum28, s0; add.rn.f32 sum29, sum29, s1; add.rn.f32 sum30, sum30, s2; add.rn.f32 sum31, sum31, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow8, leftLow9, leftLow10, leftLow11}, {right0, right1}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {rightLow0, rightLow1}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {right0, right1}, {s0, s1, s2, s3}; add.rn.f32 sum32, sum32, s0; add.rn.f32 sum33, sum33, s1; add.rn.f32 sum34, sum34, s2; add.rn.f32 sum35, sum35, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow8, leftLow9, leftLow10, leftLow11}, {right2, right3}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {rightLow2, rightLow3}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {right2, right3}, {s0, s1, s2, s3}; add.rn.f32 sum36, sum36, s0; add.rn.f32 sum37, sum37, s1; add.rn.f32 sum38, sum38, s2; add.rn.f32 sum39, sum39, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow8, leftLow9, leftLow10, leftLow11}, {right4, right5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {rightLow4, rightLow5}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {right4, right5}, {s0, s1, s2, s3}; add.rn.f32 sum40, sum40, s0; add.rn.f32 sum41, sum41, s1; add.rn.f32 sum42, sum42, s2; add.rn.f32 sum43, sum43, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow8, leftLow9, leftLow10, leftLow11}, {right6, right7}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {rightLow6, rightLow7}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left8, left9, left10, left11}, {right6, right7}, {s0, s1, s2, s3}; add.rn.f32 sum44, sum44, s0; add.rn.f32 sum45, sum45, s1; add.rn.f32 sum46, sum46, s2; add.rn.f32 sum47, sum47, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow12, leftLow13, leftLow14, leftLow15}, {right0, right1}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {rightLow0, rightLow1}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {right0, right1}, {s0, s1, s2, s3}; add.rn.f32 sum48, sum48, s0; add.rn.f32 sum49, sum49, s1; add.rn.f32 sum50, sum50, s2; add.rn.f32 sum51, sum51, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow12, leftLow13, leftLow14, leftLow15}, {right2, right3}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {rightLow2, rightLow3}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {right2, right3}, {s0, s1, s2, s3}; add.rn.f32 sum52, sum52, s0; add.rn.f32 sum53, sum53, s1; add.rn.f32 sum54, sum54, s2; add.rn.f32 sum55, sum55, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow12, leftLow13, leftLow14, leftLow15}, {right4, right5}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {rightLow4, rightLow5}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {right4, right5}, {s0, s1, s2, s3}; add.rn.f32 sum56, sum56, s0; add.rn.f32 sum57, sum57, s1; add.rn.f32 sum58, sum58, s2; add.rn.f32 sum59, sum59, s3; }");
            CudaAsm.Emit("{ .reg .f32 s<4>; .reg .f32 zero; mov.f32 zero, 0f00000000; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {leftLow12, leftLow13, leftLow14, leftLow15}, {right6, right7}, {zero, zero, zero, zero}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {rightLow6, rightLow7}, {s0, s1, s2, s3}; mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {s0, s1, s2, s3}, {left12, left13, left14, left15}, {right6, right7}, {s0, s1, s2, s3}; add.rn.f32 sum60, sum60, s0; add.rn.f32 sum61, sum61, s1; add.rn.f32 sum62, sum62, s2; add.rn.f32 sum63, sum63, s3; }");
        }
        else
        {
            CudaAsm.Emit("mov.b32 left0, %0;", a[0]);
            CudaAsm.Emit("mov.b32 left1, %0;", a[8]);
            CudaAsm.Emit("mov.b32 left2, %0;", a[4 * Stride + 0]);
            CudaAsm.Emit("mov.b32 left3, %0;", a[4 * Stride + 8]);
            CudaAsm.Emit("mov.b32 left4, %0;", a[16]);
            CudaAsm.Emit("mov.b32 left5, %0;", a[24]);
            CudaAsm.Emit("mov.b32 left6, %0;", a[4 * Stride + 16]);
            CudaAsm.Emit("mov.b32 left7, %0;", a[4 * Stride + 24]);
            CudaAsm.Emit("mov.b32 left8, %0;", a[32]);
            CudaAsm.Emit("mov.b32 left9, %0;", a[40]);
            CudaAsm.Emit("mov.b32 left10, %0;", a[4 * Stride + 32]);
            CudaAsm.Emit("mov.b32 left11, %0;", a[4 * Stride + 40]);
            CudaAsm.Emit("mov.b32 left12, %0;", a[48]);
            CudaAsm.Emit("mov.b32 left13, %0;", a[56]);
            CudaAsm.Emit("mov.b32 left14, %0;", a[4 * Stride + 48]);
            CudaAsm.Emit("mov.b32 left15, %0;", a[4 * Stride + 56]);
            CudaAsm.Emit("mov.b32 right0, %0;", b[0]);
            CudaAsm.Emit("mov.b32 right1, %0;", b[4 * Stride + 0]);
            CudaAsm.Emit("mov.b32 right2, %0;", b[8]);
            CudaAsm.Emit("mov.b32 right3, %0;", b[4 * Stride + 8]);
            CudaAsm.Emit("mov.b32 right4, %0;", b[16]);
            CudaAsm.Emit("mov.b32 right5, %0;", b[4 * Stride + 16]);
            CudaAsm.Emit("mov.b32 right6, %0;", b[24]);
            CudaAsm.Emit("mov.b32 right7, %0;", b[4 * Stride + 24]);
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum0, sum1, sum2, sum3}, {left0, left1, left2, left3}, {right0, right1}, {sum0, sum1, sum2, sum3};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum4, sum5, sum6, sum7}, {left0, left1, left2, left3}, {right2, right3}, {sum4, sum5, sum6, sum7};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum8, sum9, sum10, sum11}, {left0, left1, left2, left3}, {right4, right5}, {sum8, sum9, sum10, sum11};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum12, sum13, sum14, sum15}, {left0, left1, left2, left3}, {right6, right7}, {sum12, sum13, sum14, sum15};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum16, sum17, sum18, sum19}, {left4, left5, left6, left7}, {right0, right1}, {sum16, sum17, sum18, sum19};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum20, sum21, sum22, sum23}, {left4, left5, left6, left7}, {right2, right3}, {sum20, sum21, sum22, sum23};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum24, sum25, sum26, sum27}, {left4, left5, left6, left7}, {right4, right5}, {sum24, sum25, sum26, sum27};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum28, sum29, sum30, sum31}, {left4, left5, left6, left7}, {right6, right7}, {sum28, sum29, sum30, sum31};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum32, sum33, sum34, sum35}, {left8, left9, left10, left11}, {right0, right1}, {sum32, sum33, sum34, sum35};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum36, sum37, sum38, sum39}, {left8, left9, left10, left11}, {right2, right3}, {sum36, sum37, sum38, sum39};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum40, sum41, sum42, sum43}, {left8, left9, left10, left11}, {right4, right5}, {sum40, sum41, sum42, sum43};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum44, sum45, sum46, sum47}, {left8, left9, left10, left11}, {right6, right7}, {sum44, sum45, sum46, sum47};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum48, sum49, sum50, sum51}, {left12, left13, left14, left15}, {right0, right1}, {sum48, sum49, sum50, sum51};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum52, sum53, sum54, sum55}, {left12, left13, left14, left15}, {right2, right3}, {sum52, sum53, sum54, sum55};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum56, sum57, sum58, sum59}, {left12, left13, left14, left15}, {right4, right5}, {sum56, sum57, sum58, sum59};");
            CudaAsm.Emit("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {sum60, sum61, sum62, sum63}, {left12, left13, left14, left15}, {right6, right7}, {sum60, sum61, sum62, sum63};");
        }
    }

    /// <summary>Gives the sums of this warp to the epilogue: sixteen rows at a time go through shared memory, so that neighbouring threads have neighbouring columns.</summary>
    /// <param name="shared">The kernel's only array in shared memory, which all threads of the group have done with: 16 lines of <see cref="StagedStride"/> for each warp.</param>
    /// <param name="y">Row 0, column 0 of the first batch.</param>
    /// <param name="row">The warp's first row.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="rows">The rows of the result.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="number">The number of the first element of the batch.</param>
    /// <param name="other">Where the batch begins in the other operand of the epilogue.</param>
    /// <param name="epilogue">What is made of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TEpilogue>(
        ArrayView<float> shared, ArrayView<float> y, int row, int column, int rows, int columns, int number, int other, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<float>
    {
        int lane = Group.IdxX & 31;
        shared = shared.SubView((Group.IdxX >> 5) * 16 * StagedStride, 16 * StagedStride);
        // ILGPU's name for a kernel's first array in shared memory; that the PTX has it is tested.
        int address = 4 * ((Group.IdxX >> 5) * 16 * StagedStride + (lane >> 2) * StagedStride + 2 * (lane & 3));
        CudaAsm.Emit(".reg .u32 staged;");
        CudaAsm.Emit("mov.u32 staged, __shared_alloca0; add.u32 staged, staged, %0;", address);
        CudaAsm.Emit("st.shared.v2.f32 [staged+0], {sum0, sum1}; st.shared.v2.f32 [staged+1088], {sum2, sum3}; st.shared.v2.f32 [staged+32], {sum4, sum5}; st.shared.v2.f32 [staged+1120], {sum6, sum7}; st.shared.v2.f32 [staged+64], {sum8, sum9}; st.shared.v2.f32 [staged+1152], {sum10, sum11}; st.shared.v2.f32 [staged+96], {sum12, sum13}; st.shared.v2.f32 [staged+1184], {sum14, sum15};");
        StoreStaged(shared, y, row, column, rows, columns, number, other, epilogue);
        CudaAsm.Emit("st.shared.v2.f32 [staged+0], {sum16, sum17}; st.shared.v2.f32 [staged+1088], {sum18, sum19}; st.shared.v2.f32 [staged+32], {sum20, sum21}; st.shared.v2.f32 [staged+1120], {sum22, sum23}; st.shared.v2.f32 [staged+64], {sum24, sum25}; st.shared.v2.f32 [staged+1152], {sum26, sum27}; st.shared.v2.f32 [staged+96], {sum28, sum29}; st.shared.v2.f32 [staged+1184], {sum30, sum31};");
        StoreStaged(shared, y, row + 16, column, rows, columns, number, other, epilogue);
        CudaAsm.Emit("st.shared.v2.f32 [staged+0], {sum32, sum33}; st.shared.v2.f32 [staged+1088], {sum34, sum35}; st.shared.v2.f32 [staged+32], {sum36, sum37}; st.shared.v2.f32 [staged+1120], {sum38, sum39}; st.shared.v2.f32 [staged+64], {sum40, sum41}; st.shared.v2.f32 [staged+1152], {sum42, sum43}; st.shared.v2.f32 [staged+96], {sum44, sum45}; st.shared.v2.f32 [staged+1184], {sum46, sum47};");
        StoreStaged(shared, y, row + 32, column, rows, columns, number, other, epilogue);
        CudaAsm.Emit("st.shared.v2.f32 [staged+0], {sum48, sum49}; st.shared.v2.f32 [staged+1088], {sum50, sum51}; st.shared.v2.f32 [staged+32], {sum52, sum53}; st.shared.v2.f32 [staged+1120], {sum54, sum55}; st.shared.v2.f32 [staged+64], {sum56, sum57}; st.shared.v2.f32 [staged+1152], {sum58, sum59}; st.shared.v2.f32 [staged+96], {sum60, sum61}; st.shared.v2.f32 [staged+1184], {sum62, sum63};");
        StoreStaged(shared, y, row + 48, column, rows, columns, number, other, epilogue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreStaged<TEpilogue>(
        ArrayView<float> shared, ArrayView<float> y, int row, int column, int rows, int columns, int number, int other, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue<float>
    {
        Group.Barrier();
        int lane = Group.IdxX & 31, count = IntrinsicMath.Min(16, rows - row);
        column += lane;
        if (column < columns)
        {
            for (int i = 0; i < count; i++)
            {
                epilogue.Store(y, number + (row + i) * columns + column, row + i, column, other, shared[i * StagedStride + lane]);
            }
        }
        Group.Barrier();
    }
}
