namespace Autodiff.Kernels;

/// <summary>
/// The counter-based random number generator Philox 4x32-10 (Salmon, Moraes, Dror and Shaw 2011): block n of stream s is a function of n
/// and s alone.
/// </summary>
/// <remarks>
/// <para>
/// A stream is named by a 64-bit seed: key = (low word, high word). Block n has the counter (low word of n, high word of n, plane, 0) and
/// gives four words.
/// Element p of a stream is lane p mod 4 of block p / 4. Plane 0 holds the words of a float, and the leading words of a double, whose
/// trailing words are in plane 1,
/// at the same block and lane: so a stream gives the same numbers in both types, but for rounding.
/// </para>
/// <para>
/// Uniform in [0, 1): float = (w₀ >> 8) 2⁻²⁴; double = (w₀ 2²¹ + (w₁ >> 11)) 2⁻⁵³, with w₀ and w₁ the words of plane 0 and 1.
/// Standard normal: elements p and p + 1 with p even are r cos 2πv and r sin 2πv, where r = √(-2 ln(1 - u)) and u, v are the uniform
/// elements p and p + 1.
/// </para>
/// <para>Plain integer arithmetic on 32-bit words, so that ILGPU compiles it as it stands.</para>
/// </remarks>
internal static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>The four words of a block.</summary>
    public static Words Block(ulong block, uint plane, ulong seed) =>
        Block((uint)block, (uint)(block >> 32), plane, 0, (uint)seed, (uint)(seed >> 32));

    /// <summary>The generator itself: ten rounds over a counter of four words with a key of two.</summary>
    public static Words Block(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong left = (ulong)Multiplier0 * c0, right = (ulong)Multiplier1 * c2;
            uint high = (uint)(right >> 32) ^ c1 ^ key0, low = (uint)(left >> 32) ^ c3 ^ key1;
            c0 = high;
            c1 = (uint)right;
            c2 = low;
            c3 = (uint)left;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return new Words(c0, c1, c2, c3);
    }

    /// <summary>The float in [0, 1) that a word stands for.</summary>
    public static float Single(uint word) => (word >> 8) * 5.9604644775390625e-8f;

    /// <summary>The double in [0, 1) that a word of plane 0 and one of plane 1 stand for.</summary>
    public static double Double(uint leading, uint trailing) => (((ulong)leading << 21) | (trailing >> 11)) * 1.1102230246251565e-16;

    /// <summary>The words of a block.</summary>
    internal readonly struct Words(uint w0, uint w1, uint w2, uint w3)
    {
        public readonly uint W0 = w0, W1 = w1, W2 = w2, W3 = w3;
    }
}
