using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Autodiff.Kernels;

/// <summary>Four neighbouring blocks of <see cref="Philox"/> at once, one in each 64-bit lane.</summary>
internal static unsafe class PhiloxBlocks
{
    /// <summary>The sixteen words of four blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(ulong block, uint plane, ulong seed, uint* words)
    {
        if (!Avx2.IsSupported)
        {
            for (int i = 0; i < 4; i++, words += 4)
            {
                Philox.Words one = Philox.Block(block + (ulong)i, plane, seed);
                (words[0], words[1], words[2], words[3]) = (one.W0, one.W1, one.W2, one.W3);
            }
            return;
        }
        // Only the low half of a lane counts: the multiplication ignores the upper one, and it is cut off at the end.
        Vector256<ulong> counter = Vector256.Create(block) + Vector256.Create(0UL, 1, 2, 3);
        Vector256<ulong> c0 = counter, c1 = counter >>> 32, c2 = Vector256.Create((ulong)plane), c3 = default;
        Vector256<uint> multiplier0 = Vector256.Create((ulong)Philox.Multiplier0).AsUInt32();
        Vector256<uint> multiplier1 = Vector256.Create((ulong)Philox.Multiplier1).AsUInt32();
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            Vector256<ulong> left = Avx2.Multiply(c0.AsUInt32(), multiplier0), right = Avx2.Multiply(c2.AsUInt32(), multiplier1);
            c0 = (right >>> 32) ^ c1 ^ Vector256.Create((ulong)key0);
            c2 = (left >>> 32) ^ c3 ^ Vector256.Create((ulong)key1);
            c1 = right;
            c3 = left;
            key0 += Philox.Weyl0;
            key1 += Philox.Weyl1;
        }
        Vector256<ulong> low = Vector256.Create(0xFFFFFFFFUL);
        // Lane i of each pair of words goes to words 4 i ... 4 i + 3.
        Vector256<ulong> first = (c0 & low) | (c1 << 32), second = (c2 & low) | (c3 << 32);
        Vector256<ulong> even = Avx2.UnpackLow(first, second), odd = Avx2.UnpackHigh(first, second);
        even.GetLower().Store((ulong*)words);
        odd.GetLower().Store((ulong*)words + 2);
        even.GetUpper().Store((ulong*)words + 4);
        odd.GetUpper().Store((ulong*)words + 6);
    }
}
