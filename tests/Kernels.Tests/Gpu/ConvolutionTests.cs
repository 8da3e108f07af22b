using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Convolutions and pools of random geometry on each device against their definitions.</summary>
public class ConvolutionTests
{
    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void RandomConvolutionsAreTheirDefinition(string name)
    {
        var random = new Random(36);
        for (int trial = 0; trial < 10; trial++)
        {
            ConvolutionChecks.RandomConvolution<float>(Device.Parse(name), random);
            ConvolutionChecks.RandomConvolution<double>(Device.Parse(name), random);
        }
    }

    [Theory, MemberData(nameof(Devices))]
    public void RandomPoolsAreTheirDefinition(string name)
    {
        var random = new Random(37);
        for (int trial = 0; trial < 10; trial++)
        {
            ConvolutionChecks.RandomPools<float>(Device.Parse(name), random);
            ConvolutionChecks.RandomPools<double>(Device.Parse(name), random);
        }
    }
}
