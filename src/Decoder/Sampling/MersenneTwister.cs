namespace Decoder.Sampling;

/// <summary>
/// The random numbers of NumPy and PyTorch for a seed, bit for bit, so that what a tutorial printed can be computed again. Both draw from MT19937 (Matsumoto and Nishimura 1998,
/// https://doi.org/10.1145/272991.272995), and make different numbers of its bits. For everything else there is <see cref="RandomStream"/>.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Length = 624, Offset = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <summary>The stream of NumPy's <c>random.seed(seed)</c> and of PyTorch's <c>manual_seed(seed)</c>.</summary>
    public MersenneTwister(uint seed)
    {
        for (var i = 0u; i < Length; i++)
        {
            _state[i] = seed;
            seed = 1812433253 * (seed ^ (seed >> 30)) + i + 1;
        }
    }

    /// <summary>Uniform over all 32-bit values.</summary>
    public uint NextUInt32()
    {
        if (_next == Length)
        {
            Twist();
        }

        var value = _state[_next++];
        value ^= value >> 11;
        value ^= (value << 7) & 0x9D2C5680;
        value ^= (value << 15) & 0xEFC60000;
        return value ^ (value >> 18);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53: NumPy's <c>random.rand</c>.</summary>
    public double NextDouble()
    {
        var (high, low) = (NextUInt32() >> 5, NextUInt32() >> 6);
        return (high * (double)(1 << 26) + low) / (1L << 53);
    }

    /// <summary>Uniform in [-<paramref name="bound"/>, <paramref name="bound"/>), of 2^24 values: an element of PyTorch's <c>uniform_</c>, which rounds once.</summary>
    public float NextSingle(float bound) => MathF.FusedMultiplyAdd((NextUInt32() & 0xFF_FFFF) * (1f / (1 << 24)), 2 * bound, -bound);

    /// <summary>The numbers below <paramref name="count"/> in a random order: PyTorch's <c>randperm</c>.</summary>
    public int[] NextPermutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = 0; i < count - 1; i++)
        {
            var j = i + (int)(NextUInt32() % (uint)(count - i));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private void Twist()
    {
        for (var i = 0; i < Length; i++)
        {
            var bits = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7FFFFFFF);
            _state[i] = _state[(i + Offset) % Length] ^ (bits >> 1) ^ (bits % 2 == 0 ? 0 : 0x9908B0DF);
        }

        _next = 0;
    }
}
