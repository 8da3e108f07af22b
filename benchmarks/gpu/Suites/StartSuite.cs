namespace Benchmarks.Gpu;

/// <summary>Whole processes from their start to the loss of their first training step: the runtime, the driver, compilation of the kernels, the data.</summary>
/// <remarks>Cold: the driver's cache of compiled kernels is empty. Warm: it is as the cold start left it.</remarks>
public static class StartSuite
{
    /// <summary>The argument that asks for such a process: <c>--first-step DEVICE [--small]</c>.</summary>
    public const string Argument = "--first-step";

    private const string Group = "Start of a process to its first training step, data made within";
    private const string Ours = "Autodiff";
    private const string Torch = "PyTorch";

    /// <summary>The measurements.</summary>
    public static IEnumerable<Entry> Entries()
    {
        yield return new Entry(Group, "start", false, Run);
    }

    /// <summary>The process itself.</summary>
    public static void FirstStep(string device, Sizes sizes)
    {
        using var bench = new Workbench(device, sizes, "");
        Console.WriteLine(new SeedTraining<float>(bench.Workload, bench.Device).StepAndLoss());
    }

    private static IEnumerable<object> Run(Workbench bench)
    {
        string[] arguments = [Argument, bench.DeviceName, .. bench.Sizes == Sizes.Small ? ["--small"] : Array.Empty<string>()];
        var (cold, warm) = Times(Environment.ProcessPath!, arguments, bench.Sizes.Starts);
        yield return new Figure(Group, "start/cold", Ours, "s", cold, null, "");
        yield return new Figure(Group, "start/warm", Ours, "s", warm, null, "");
        yield return new Verdict(Group, "start/cold", Ours, null, "s", cold, 3);
        yield return new Verdict(Group, "start/warm", Ours, null, "s", warm, 1);

        Distribution? theirs = null;
        string? reason = null;
        try
        {
            bench.Torch.Ask("versions");
            theirs = Times(bench.Python, [TorchPeer.Script, bench.TorchDevice, Argument, bench.TrainingFolder], bench.Sizes.Starts).Warm;
        }
        catch (NotMeasuredException missing)
        {
            reason = missing.Message;
        }

        yield return new Figure(Group, "start/warm", $"{Torch}, data read from files", "s", theirs, null, "", reason);
    }

    private static (Distribution Cold, Distribution Warm) Times(string program, string[] arguments, int count)
    {
        List<double> cold = [], warm = [];
        for (var i = 0; i < count; i++)
        {
            // CUDA's driver and PoCL each keep what they compiled where these say.
            var cache = Directory.CreateTempSubdirectory("gpu-benchmarks-cache-").FullName;
            try
            {
                cold.Add(Seconds(program, arguments, cache));
                warm.Add(Seconds(program, arguments, cache));
            }
            finally
            {
                Directory.Delete(cache, recursive: true);
            }
        }

        return (Distribution.Of(cold), Distribution.Of(warm));
    }

    private static double Seconds(string program, string[] arguments, string cache) =>
        ChildProcess.Run(program, arguments, ("CUDA_CACHE_PATH", cache), ("POCL_CACHE_DIR", cache)).Seconds;
}
