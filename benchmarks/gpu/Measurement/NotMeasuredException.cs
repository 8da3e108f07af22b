namespace Benchmarks.Gpu;

/// <summary>Something cannot be measured here, through no fault of the library: no PyTorch, a mode that the build lacks.</summary>
/// <param name="reason">Why, for the table.</param>
public sealed class NotMeasuredException(string reason) : Exception(reason);
