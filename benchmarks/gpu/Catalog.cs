namespace Benchmarks.Gpu;

/// <summary>Everything that is checked and measured, in the order of its weight: what comes last is what is lost when time runs out.</summary>
public static class Catalog
{
    /// <summary>The entries with a text in their names.</summary>
    public static Entry[] Entries(Sizes sizes, string filter) =>
    [
        .. new[]
        {
            TrainingChecks.Entries(sizes),
            MatMulChecks.Entries(sizes),
            OperationChecks.Entries(sizes),
            TrainingSuite.Entries(sizes),
            StartSuite.Entries(),
            MatMulSuite.Entries(sizes),
            MemorySpeedSuite.Entries(sizes),
            ConvolutionSuite.Entries(sizes),
            TransferSuite.Entries(sizes),
        }.SelectMany(entries => entries).Where(entry => entry.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)),
    ];
}
