using System.Runtime.CompilerServices;

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

    /// <summary>Uniform values in [minimum, maximum), with 24 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Whole processes are measured: this part of them is nobody's.
    public float[] Uniform(int count, float minimum, float maximum)
    {
        var values = GC.AllocateUninitializedArray<float>(count);
        var state = _state;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = minimum + (maximum - minimum) * ((Mix(state += Step) >> 40) * (1f / (1 << 24)));
        }

        _state = state;
        return values;
    }

    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong Next() => Mix(_state += Step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
