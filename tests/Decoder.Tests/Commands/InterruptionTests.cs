using System.Diagnostics;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class InterruptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CtrlCLeavesACheckpointThatResumeTakesUp()
    {
        // Where tests run in the background, the signal is ignored and children inherit that.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "GNU's env gives the program the signals of one in the foreground.");
        var decoder = Path.Combine(AppContext.BaseDirectory, "decoder.dll");
        Assert.SkipUnless(File.Exists(Path.ChangeExtension(decoder, ".runtimeconfig.json")), "The program is not beside the tests.");
        var stop = TestContext.Current.CancellationToken;
        var run = _folder["run"];

        // More epochs than there is time for.
        using var process = Process.Start(new ProcessStartInfo("env")
        {
            ArgumentList = { "--default-signal=INT", "dotnet", decoder, "train", "--neurons", "16", "--trials", "150", "--hidden", "4", "--epochs", "100000000", "--out", run },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var metrics = new FileInfo(Path.Combine(run, "metrics.jsonl"));
        while (!(metrics.Exists && metrics.Length > 0) && !process.HasExited)
        {
            await Task.Delay(20, stop);
            metrics.Refresh();
        }

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(stop);
        }

        var error = await process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Contains($"interrupted. Continue with: decoder train --resume {run}", error);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(stop));
        Assert.Equal(
            ["checkpoint.safetensors", "config.json", "metrics.jsonl"],
            Directory.GetFileSystemEntries(run).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // The rest of the run is cut short, which its configuration allows: the epochs so far are what matters here.
        var config = Path.Combine(run, "config.json");
        var epochs = TrainCommandTests.Metrics(run).Length;
        File.WriteAllText(config, File.ReadAllText(config).Replace("100000000", $"{epochs + 3}", StringComparison.Ordinal));
        var result = await CommandLine.RunJson("train", "--resume", run);

        Assert.Equal(epochs + 3, result.GetProperty("epochs").GetInt32());
        Assert.Equal(Enumerable.Range(1, epochs + 3), TrainCommandTests.Metrics(run).Select(epoch => epoch.GetProperty("epoch").GetInt32()));
    }
}
