using System.Text.Json.Nodes;

namespace Benchmarks.Gpu;

/// <summary>Work of PyTorch, in its own process.</summary>
/// <param name="peer">That process.</param>
/// <param name="work">The name of the work, as peer.py knows it.</param>
/// <param name="arguments">What the work needs to know.</param>
public sealed class TorchWork(TorchPeer peer, string work, JsonObject arguments) : IContender
{
    private int? _number;

    /// <inheritdoc/>
    public void SetUp() => _number = (int)peer.Ask("set up", new JsonObject { ["work"] = work, ["arguments"] = arguments.DeepClone() })["number"]!;

    /// <inheritdoc/>
    public double Time(int repetitions) =>
        (double)peer.Ask("time", new JsonObject { ["number"] = _number, ["repetitions"] = repetitions })["seconds"]!;

    /// <summary>The most memory of the device that PyTorch had in use since this work was set up.</summary>
    public double PeakBytes() => (double)peer.Ask("memory", new JsonObject { ["number"] = _number })["bytes"]!;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_number is { } number)
        {
            peer.Ask("drop", new JsonObject { ["number"] = number });
        }
    }
}
