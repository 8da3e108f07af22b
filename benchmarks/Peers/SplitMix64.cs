namespace Benchmarks.Peers;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): a generator that is
/// written out here so that the workload's numbers depend on no library that is measured.
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next uniform value in [minimum, maximum), with 24 random bits.</summary>
    public float NextUniform(float minimum, float maximum) => minimum + (maximum - minimum) * ((Next() >> 40) * (1f / (1 << 24)));

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
