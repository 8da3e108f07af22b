using ILGPU.Runtime.Cuda;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    // A graph of one call would save nothing.
    private const int LeastCommandsOfGraph = 2;

    /// <inheritdoc/>
    /// <remarks>
    /// On CUDA, calls that follow one another and never change become a graph. Those whose numbers change (an optimizer's, random numbers) are launched
    /// between the graphs: one launch each is cheaper than to find and change their places in a graph, and cannot go wrong when kernels change.
    /// </remarks>
    internal override void Replay(Recording recording)
    {
        if (Kind != DeviceKind.Cuda)
        {
            base.Replay(recording);
            return;
        }

        if (recording.Compiled is not ReplayPlan plan || plan.Precision != MatMulPrecision)
        {
            // Kernels that fusions have made are loaded first, and scratch memory rented: neither belongs into a capture.
            base.Replay(recording);
            recording.Compiled?.Dispose();
            recording.Compiled = new ReplayPlan(MatMulPrecision);
            return;
        }

        plan.Parts ??= Compile(recording);
        foreach (ReplayPlan.Part part in plan.Parts)
        {
            if (part.Graph is { } graph)
            {
                Launch(graph);
            }
            else
            {
                part.Command!.Run();
            }
        }
    }

    private ReplayPlan.Part[] Compile(Recording recording)
    {
        HashSet<Command> varying = [.. recording.Varying];
        List<Command> commands = recording.Commands;
        List<ReplayPlan.Part> parts = [];
        for (int next = 0; next < commands.Count;)
        {
            int end = next;
            while (end < commands.Count && commands[end].Device == this && commands[end].FitsGraphs && !varying.Contains(commands[end].NumbersOf))
            {
                end++;
            }

            if (end - next < LeastCommandsOfGraph)
            {
                parts.Add(new(null, commands[next++]));
            }
            else if (TryCapture(commands[next..end]) is { } graph)
            {
                parts.Add(new(graph, null));
                next = end;
            }
            else
            {
                // The driver knows no graphs, or refuses this one.
                parts.ForEach(part => part.Graph?.Dispose());
                return [.. commands.Select(command => new ReplayPlan.Part(null, command))];
            }
        }

        return [.. parts];
    }

    private CudaGraph? TryCapture(List<Command> commands)
    {
        lock (_lock)
        {
            Session session = Ready;
            try
            {
                return CudaGraph.Capture(session.Accelerator, (CudaStream)session.Stream, commands);
            }
            catch (Exception e) when (IsOfDevice(e) || e is DeviceException or DllNotFoundException or EntryPointNotFoundException)
            {
                // A launch that was refused in a capture says nothing about the device; if it is lost, the launches that follow will say so.
                _failure = null;
                return null;
            }
        }
    }

    private void Launch(CudaGraph graph)
    {
        lock (_lock)
        {
            try
            {
                _ = Ready;
                graph.Launch();
            }
            catch (Exception e) when (IsOfDevice(e))
            {
                throw Lost(e);
            }
        }
    }
}
