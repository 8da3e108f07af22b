using Decoder.Sampling;
using Decoder.Tests.Recordings;

namespace Decoder.Tests.Temporal;

/// <summary>Small recordings of traces with a known course.</summary>
internal static class Traces
{
    public const int Samples = 24;

    private const int Trials = 64, Neurons = 8, Directions = 4;

    /// <summary>-1 to 1.875 s at 8 Hz.</summary>
    public static float[] Times => [.. Enumerable.Range(0, Samples).Select(i => -1 + i / 8f)];

    public static float[] Stimuli => [.. Enumerable.Range(0, Trials).Select(trial => trial % Directions * 90f)];

    /// <summary>After 0.5 s two neurons tell each direction, by their mean.</summary>
    public static float[] ByMean() => Make((direction, neuron, time) => time > 0.5 && neuron % Directions == direction ? 3 : 0);

    /// <summary>The direction is when a response comes, not how large it is on average: a decoder without time cannot tell it.</summary>
    public static float[] ByTime() => Make((direction, _, time) => time > 0 && (int)(time / 0.5) == direction ? 4 : 0);

    public static byte[] File(float[] traces, float[]? times = null, float[]? stimuli = null, string? shape = null) => NpyBytes.Zip(
        ("dff.npy", NpyBytes.FloatArray(shape ?? $"({Trials}, {Neurons}, {Samples})", traces)),
        ("time.npy", NpyBytes.FloatArray($"({(times ?? Times).Length},)", times ?? Times)),
        ("stimuli.npy", NpyBytes.FloatArray($"({(stimuli ?? Stimuli).Length},)", stimuli ?? Stimuli)));

    private static float[] Make(Func<int, int, double, double> response)
    {
        var traces = new float[Trials * Neurons * Samples];
        Normal.Fill(new RandomStream(9), traces);
        for (var i = 0; i < traces.Length; i++)
        {
            traces[i] += 100 + (float)response(i / Samples / Neurons % Directions, i / Samples % Neurons, Times[i % Samples]);
        }

        return traces;
    }
}
