namespace Benchmarks.Gpu;

/// <summary>How large the workloads are.</summary>
/// <param name="Stimuli">The rows of a training step.</param>
/// <param name="Neurons">The features of the network.</param>
/// <param name="HiddenUnits">Its hidden units.</param>
/// <param name="LossCurveSteps">The steps whose losses are compared.</param>
/// <param name="Squares">The sizes of square matrix products.</param>
/// <param name="Elements">The elements of work that is as fast as memory: rows of <see cref="RowLength"/>.</param>
/// <param name="CheckedElements">The elements whose results are compared.</param>
/// <param name="Images">Images, channels, outputs, height and width of a convolution.</param>
/// <param name="TransferElements">The elements of a copy between the host and the device.</param>
/// <param name="Rounds">How often contenders take turns.</param>
/// <param name="SampleSeconds">About how long each works in a round.</param>
/// <param name="Starts">How many processes are timed from their start.</param>
public sealed record Sizes(
    int Stimuli, int Neurons, int HiddenUnits, int LossCurveSteps, int[] Squares, int Elements, int CheckedElements,
    (int Count, int Channels, int Outputs, int Height, int Width) Images, int TransferElements, int Rounds, double SampleSeconds, int Starts)
{
    /// <summary>The length of the rows of soft-max and the like.</summary>
    public const int RowLength = 1024;

    /// <summary>Those of the tutorial's network and of a large GPU.</summary>
    public static Sizes Full { get; } = new(
        360, 23_589, 100, 200, [1024, 2048, 4096, 8192], 1 << 26, 1_000_003, (64, 32, 64, 64, 64), 1 << 26, 11, 0.05, 3);

    /// <summary>For a rehearsal: everything runs, nothing that it says of speed is worth reading.</summary>
    public static Sizes Small { get; } = new(
        36, 301, 20, 200, [65, 128], 1 << 14, 10_007, (2, 3, 4, 9, 8), 1 << 14, 2, 0.002, 1);
}
