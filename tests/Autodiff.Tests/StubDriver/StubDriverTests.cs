using Xunit;

namespace Autodiff.Tests.StubDriver;

/// <summary>What training asks of NVIDIA's driver: launches, memory, copies and waits, counted by a stub of the driver. Needs no GPU.</summary>
public class StubDriverTests(StubbedRun run, ITestOutputHelper output) : IClassFixture<StubbedRun>
{
    /// <summary>The most that one repetition may ask for. A row may fall freely; it rises only for a reason that is worth a line in the change's message.</summary>
    public static TheoryData<string, int, int, int, int> Limits => new()
    {
        // work, kernels, launches (of a kernel or a graph of kernels), copies, synchronizations
        { "training step", 16, 16, 0, 0 },
        { "training step and its loss", 16, 16, 1, 1 },
        { "captured training step", 6, 3, 0, 0 },
        { "captured training step, no graphs", 6, 6, 0, 0 },
        { "inference", 6, 6, 0, 0 },
        { "upload of a batch", 0, 0, 10, 0 },
        // The copy is the table of the parameters, whose gradients lie elsewhere than in the step before.
        { "training step of 40 parameters, SGD", 103, 103, 1, 0 },
        { "captured training step of 40 parameters, SGD", 81, 2, 0, 0 },
        { "step of 40 parameters, SGD", 1, 1, 0, 0 },
        { "training step of 40 parameters, SGD with momentum", 103, 103, 1, 0 },
        { "captured training step of 40 parameters, SGD with momentum", 81, 2, 0, 0 },
        { "step of 40 parameters, SGD with momentum", 1, 1, 0, 0 },
        { "training step of 40 parameters, Adam", 103, 103, 1, 0 },
        { "captured training step of 40 parameters, Adam", 81, 2, 0, 0 },
        { "step of 40 parameters, Adam", 1, 1, 0, 0 },
        { "captured kernels with an optimizer's between them", 6, 3, 0, 0 },
        { "launch of a graph of a fill", 0, 1, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void WorkAsksForNoMoreThanItsLimits(string work, int kernels, int launches, int copies, int synchronizations)
    {
        StubScenario found = Find(work);
        output.WriteLine($"{found.Counts}\n{string.Join('\n', found.Kernels)}");
        Assert.True(
            found.Counts.Launches + found.Counts.GraphKernels <= (long)kernels * found.Steps
                && found.Counts.Launches + found.Counts.GraphLaunches <= (long)launches * found.Steps && found.Counts.Copies <= (long)copies * found.Steps
                && found.Counts.Synchronizations <= (long)synchronizations * found.Steps,
            $"{work}, {found.Steps} times: {found.Counts.Launches + found.Counts.GraphKernels} kernels (at most {kernels} each time), "
                + $"{found.Counts.Launches + found.Counts.GraphLaunches} launches ({launches}), {found.Counts.Copies} copies ({copies}), "
                + $"{found.Counts.Synchronizations} synchronizations ({synchronizations}). Launched the last time:\n{string.Join('\n', found.Kernels)}");
    }

    [Fact]
    public void NothingIsAllocatedOrCompiledInASteadyLoop()
    {
        // Not Assert.All, which takes a test that is skipped for one that fails.
        foreach (string work in Limits.Select(row => row.Data.Item1))
        {
            DriverCounts counts = Find(work).Counts;
            Assert.Equal((work, 0, 0, 0, 0, 0), (work, counts.Allocations, counts.Frees, counts.HostAllocations, counts.Modules, counts.Events));
        }
    }

    [Fact]
    public void EachScenarioHasARow() =>
        Assert.Equal(run.Scenarios.Select(scenario => scenario.Name).Order(), Limits.Select(row => row.Data.Item1).Order());

    [Fact]
    public void TheStubCounts()
    {
        StubScenario step = Find("training step"), upload = Find("upload of a batch");
        Assert.Contains(step.Kernels, kernel => kernel.StartsWith("OptimizerKernel<Single, AdamUpdate<Single>>", StringComparison.Ordinal));
        Assert.Equal(step.Counts.Launches, step.Kernels.Length * step.Steps);
        Assert.Equal(360 * 23_589 * sizeof(float) * (long)upload.Steps, upload.Counts.CopiedBytes);
    }

    /// <summary>A graph would go on with the table of its capture, which another step may have overwritten.</summary>
    [Fact]
    public void NoGraphHoldsAnOptimizersTable() =>
        Assert.Equal(["OptimizerTableKernel<Single, SgdUpdate<Single>>"], Find("captured kernels with an optimizer's between them").Kernels);

    [Fact]
    public void TheStubRunsGraphs()
    {
        StubScenario graph = Find("launch of a graph of a fill");
        Assert.Equal((graph.Steps, graph.Steps), (graph.Counts.GraphLaunches, graph.Counts.Fills));
    }

    private StubScenario Find(string work) => run.Scenarios.Single(scenario => scenario.Name == work);
}
