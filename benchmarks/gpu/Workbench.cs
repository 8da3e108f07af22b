using System.Text.Json.Nodes;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>What all measurements of a process share.</summary>
public sealed class Workbench : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gpu-benchmarks-").FullName;
    private readonly Lazy<RegressionWorkload> _workload;
    private readonly Lazy<JsonObject> _arguments;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="device">The name of the device under test.</param>
    /// <param name="sizes">How large the workloads are.</param>
    /// <param name="python">The interpreter that has PyTorch; empty for none.</param>
    public Workbench(string device, Sizes sizes, string python)
    {
        (DeviceName, Sizes, Python) = (device, sizes, python);
        Torch = new TorchPeer(python, TorchDevice);
        _workload = new(() => new RegressionWorkload(sizes.Stimuli, sizes.Neurons, sizes.HiddenUnits, sizes.Stimuli));
        _arguments = new(() => SeedTrainingFiles.Write(_workload.Value, _folder));
    }

    /// <summary>The name of the device under test.</summary>
    public string DeviceName { get; }

    /// <summary>The device under test.</summary>
    public Device Device => Device.Parse(DeviceName);

    /// <summary>How large the workloads are.</summary>
    public Sizes Sizes { get; }

    /// <summary>The interpreter that has PyTorch; empty for none.</summary>
    public string Python { get; }

    /// <summary>PyTorch's device: the same GPU, or the processor.</summary>
    public string TorchDevice => DeviceName.StartsWith("cuda", StringComparison.OrdinalIgnoreCase) ? "cuda" : "cpu";

    /// <summary>PyTorch's process.</summary>
    public TorchPeer Torch { get; }

    /// <summary>The numbers of the training.</summary>
    public RegressionWorkload Workload => _workload.Value;

    /// <summary>The same for peer.py, in files.</summary>
    public JsonObject TrainingArguments => _arguments.Value;

    /// <summary>Where <see cref="TrainingArguments"/> says that they are.</summary>
    public string TrainingFolder => (string)TrainingArguments["folder"]!;

    /// <summary>Contenders in turn.</summary>
    public IEnumerable<object> Compare(string group, string name, Comparison comparison) =>
        new InterleavedRounds(Sizes.Rounds, Sizes.SampleSeconds).Run(group, name, comparison);

    /// <summary>This library at some work.</summary>
    public Func<IContender> Ours(Func<Action> prepare) => () => new DeviceWork(Device, prepare);

    /// <summary>PyTorch at some work.</summary>
    public Func<IContender> Theirs(string work, JsonObject arguments) => () => new TorchWork(Torch, work, arguments);

    /// <inheritdoc/>
    public void Dispose()
    {
        Torch.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
