using Xunit;

namespace Autodiff.Tests;

/// <summary>Tests that count what the device's pool, which all tests share, has allocated: they run one after the other, and alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class DeviceMemoryCollection
{
    public const string Name = "Device memory";
}
