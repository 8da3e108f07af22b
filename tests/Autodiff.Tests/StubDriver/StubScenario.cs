namespace Autodiff.Tests.StubDriver;

/// <summary>What a piece of work asked of the driver, once it had been done some times before.</summary>
/// <param name="Name">The work.</param>
/// <param name="Steps">How often it was done while the driver counted.</param>
/// <param name="Counts">What the driver counted, over all those times.</param>
/// <param name="Kernels">The kernels that the last one launched, in their order.</param>
public sealed record StubScenario(string Name, int Steps, DriverCounts Counts, string[] Kernels);
