using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decoder.Folders;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

/// <summary>Commands that are killed, which nothing can be done about meanwhile, and the same command once more.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("encode --neurons 12 --trials 600 --from angle --epochs", "1000000", "5")]
    [InlineData("tilt --neurons 12 --trials 400 --epochs", "1000000", "1")]
    public async Task WhatIsKilledInTrainingLeavesNothing(string command, string endless, string few)
    {
        var run = _folder["run"];
        using (var process = Start([.. command.Split(' '), endless, "--out", run]))
        {
            await ReadUntil(process, "simulating: 100 %");
            await Task.Delay(500, TestContext.Current.CancellationToken);
            Assert.False(process.HasExited);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(_folder.Names);
        await CommandLine.RunJson([.. command.Split(' '), few, "--out", run]);
        Assert.True(File.Exists(Path.Combine(run, "result.json")));
    }

    [Theory]
    [InlineData("compare --neurons 300 --trials 1200 --folds 3", "parts.jsonl")]
    [InlineData("curves --neurons 200 --trials 1000 --decoder super-neuron-ridge", "points.jsonl")]
    public async Task WhatIsKilledHalfWayIsTakenUpAgain(string command, string finished)
    {
        var (run, whole) = (_folder["run"], _folder["whole"]);
        var parts = Path.Combine(run, finished);
        using (var process = Start([.. command.Split(' '), "--out", run]))
        {
            while (!File.Exists(parts) && !process.HasExited)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(File.Exists(Path.Combine(run, "result.json")), "It was finished before it could be killed.");
        var kept = File.ReadAllLines(parts);
        var (code, _, error) = await CommandLine.Run([.. command.Split(' '), "--out", run]);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("which was not finished. Continue it with 'decoder ", error);
        Assert.Contains($"--resume {run}'", error);

        var resumed = await CommandLine.RunJson(command.Split(' ')[0], "--resume", run);
        var undisturbed = await CommandLine.RunJson([.. command.Split(' '), "--out", whole]);

        Assert.Equal(kept, File.ReadAllLines(parts)[..kept.Length]);
        Assert.Equal(Comparable(undisturbed), Comparable(resumed));
        Assert.Equal(Directory.GetFiles(Path.Combine(whole, "figures")).Select(Path.GetFileName).Order(), Directory.GetFiles(Path.Combine(run, "figures")).Select(Path.GetFileName).Order());
    }

    /// <summary>Those that write at the end may be killed in writing.</summary>
    [Theory]
    [InlineData("encode --neurons 12 --trials 600 --from angle --epochs 3", "encoding.json")]
    [InlineData("tilt --neurons 12 --trials 400 --epochs 1", "tilt.json")]
    public async Task WhatIsKilledInWritingSaysSo(string command, string configuration)
    {
        var run = _folder["run"];
        await CommandLine.RunJson([.. command.Split(' '), "--out", run]);
        File.Delete(Path.Combine(run, "result.json"));
        Assert.True(File.Exists(Path.Combine(run, configuration)));

        var (code, output, error) = await CommandLine.Run([.. command.Split(' '), "--out", run]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains("which was not finished. Delete it, and start again", error);
        (code, _, error) = await CommandLine.Run("report", run);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains($"'{run}' has no result: 'decoder {command.Split(' ')[0]}' did not finish. Delete it, and start again with 'decoder {command.Split(' ')[0]} ", error);
    }

    [Fact]
    public void AFinishedFolderOfEachKindIsNamedAndNotOverwritten()
    {
        foreach (var kind in FolderKind.All)
        {
            var folder = Directory.CreateDirectory(_folder[kind.Command]).FullName;
            File.WriteAllText(Path.Combine(folder, kind.Configuration), "{}");
            Assert.Contains($"which was not finished. {(kind.Resumes ? $"Continue it with 'decoder {kind.Command} --resume" : "Delete it")}", Refusal(folder));

            File.WriteAllText(Path.Combine(folder, FolderKind.Result), "{}");
            Assert.Contains($"earlier 'decoder {kind.Command}' in '{folder}' already, and it is not overwritten", Refusal(folder));
        }
    }

    [Fact]
    public async Task AFolderWhoseFirstFileWasNeverRenamedIsTakenAsNew()
    {
        Directory.CreateDirectory(_folder["run"]);
        var left = Path.Combine(_folder["run"], ".config.json.123-00000000000000000000000000000000.tmp");
        File.WriteAllText(left, "{");

        await CommandLine.Train(_folder["run"], "--epochs 1");

        Assert.False(File.Exists(left));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder["mine"]).FullName, ".notes"), "mine");
        Assert.Contains("is not empty", Refusal(_folder["mine"]));
    }

    private static string Refusal(string folder) => Assert.Throws<InvalidInputException>(() => NewFolder.EnsureFree(folder)).Message;

    /// <summary>Without what differs from run to run: times and the folder.</summary>
    private static string Comparable(JsonElement result)
    {
        var text = Regex.Replace(result.GetRawText(), "\"seconds\":[^,}]*", "");
        return Regex.Replace(text, "\"run\":\"[^\"]*\"", "");
    }

    private static async Task ReadUntil(Process process, string start)
    {
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The process ended by itself.");
    }

    private static Process Start(string[] arguments)
    {
        var decoder = Path.Combine(AppContext.BaseDirectory, "decoder.dll");
        Assert.SkipUnless(File.Exists(Path.ChangeExtension(decoder, ".runtimeconfig.json")), "The program is not beside the tests.");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[decoder, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
