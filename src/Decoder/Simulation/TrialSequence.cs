using Decoder.Sampling;

namespace Decoder.Simulation;

/// <summary>
/// What all neurons have in common on each trial: the stimulus, a gain, 128 latent variables (running, arousal and whatever else drives
/// cortex) and the gain of 24 channels tuned to direction. Arrays over trials are padded with zeros to <see cref="PaddedTrials"/>.
/// </summary>
internal sealed class TrialSequence
{
    /// <summary>Number of latent variables.</summary>
    public const int Latents = 128;

    /// <summary>Number of channels of the tuned gain, evenly spaced over the circle.</summary>
    public const int Channels = 24;

    private const double GainCorrelation = 0.95;
    private const double LatentCorrelation = 0.7;

    public TrialSequence(int trials, ulong seed)
    {
        Trials = trials;
        PaddedTrials = (trials + Alignment - 1) / Alignment * Alignment;
        (Directions, CosDirection, SinDirection, CosTwice, SinTwice) = (new double[trials], Row(), Row(), Row(), Row());
        DrawDirections(new RandomStream(seed, (ulong)SimulationStream.Directions));

        // The gain is one more row below the latents, so that one weighted sum takes in both.
        SharedDrive = new float[(Latents + 1) * PaddedTrials];
        LatentVariances = CreateLatentVariances();
        var latents = new RandomStream(seed, (ulong)SimulationStream.Latents);
        for (var k = 0; k < Latents; k++)
        {
            FillAutoregressive(latents, LatentCorrelation, Math.Sqrt(LatentVariances[k]), DriveRow(k));
        }

        FillAutoregressive(new RandomStream(seed, (ulong)SimulationStream.Gain), GainCorrelation, 1, DriveRow(Latents));

        ChannelGains = new float[Channels * PaddedTrials];
        var channels = new RandomStream(seed, (ulong)SimulationStream.Channels);
        for (var c = 0; c < Channels; c++)
        {
            Normal.Fill(channels, ChannelGains.AsSpan(c * PaddedTrials, trials));
        }
    }

    /// <summary>Rows are padded to whole vectors of any width, so that no loop has a remainder.</summary>
    public static int Alignment => 2 * 16;

    public int Trials { get; }

    public int PaddedTrials { get; }

    /// <summary>theta ~ U(0, 360), degrees.</summary>
    public double[] Directions { get; }

    public float[] CosDirection { get; }

    public float[] SinDirection { get; }

    public float[] CosTwice { get; }

    public float[] SinTwice { get; }

    /// <summary>(Latents + 1) x PaddedTrials: z_k, AR(1) 0.7 with variance proportional to 1/k and sum 1; then x, AR(1) 0.95 with variance 1.</summary>
    public float[] SharedDrive { get; }

    /// <summary>Var z_k.</summary>
    public double[] LatentVariances { get; }

    /// <summary>Channels x PaddedTrials: u_c ~ N(0, 1), independent from trial to trial.</summary>
    public float[] ChannelGains { get; }

    /// <summary>Direction of a channel of the tuned gain, radians.</summary>
    public static double ChannelDirection(int channel) => 2 * Math.PI * channel / Channels;

    private float[] Row() => new float[PaddedTrials];

    private Span<float> DriveRow(int row) => SharedDrive.AsSpan(row * PaddedTrials, Trials);

    private void DrawDirections(RandomStream random)
    {
        for (var t = 0; t < Trials; t++)
        {
            Directions[t] = 360 * random.NextDouble();
            var (sin, cos) = Math.SinCos(Directions[t] * (Math.PI / 180));
            CosDirection[t] = (float)cos;
            SinDirection[t] = (float)sin;
            CosTwice[t] = (float)(cos * cos - sin * sin);
            SinTwice[t] = (float)(2 * sin * cos);
        }
    }

    private static double[] CreateLatentVariances()
    {
        var variances = Enumerable.Range(1, Latents).Select(k => 1.0 / k).ToArray();
        var sum = variances.Sum();
        return Array.ConvertAll(variances, v => v / sum);
    }

    /// <summary>A stationary AR(1) process with the given lag-one correlation and standard deviation.</summary>
    private static void FillAutoregressive(RandomStream random, double correlation, double deviation, Span<float> destination)
    {
        var innovation = Math.Sqrt(1 - correlation * correlation);
        var state = Normal.Next(random);
        for (var t = 0; t < destination.Length; t++)
        {
            destination[t] = (float)(deviation * state);
            state = correlation * state + innovation * Normal.Next(random);
        }
    }
}
