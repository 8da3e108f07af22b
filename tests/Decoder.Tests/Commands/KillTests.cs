using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decoder.Folders;
using Decoder.Terminal;
using Decoder.Tests.Reports;
using Decoder.Tests.Temporal;

namespace Decoder.Tests.Commands;

/// <summary>Commands that are killed, which nothing can be done about meanwhile, and the same command once more.</summary>
public sealed partial class KillTests : IDisposable
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
    [InlineData("compare --neurons 300 --trials 800 --folds 2", "parts.jsonl")]
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
    [InlineData("encode --neurons 12 --trials 600 --from angle --epochs 3", "tilt --neurons 12 --trials 400 --epochs 1")]
    [InlineData("tilt --neurons 12 --trials 400 --epochs 1", "encode --neurons 12 --trials 600 --from angle --epochs 3")]
    public async Task WhatIsKilledInWritingStartsClean(string command, string another)
    {
        var run = _folder["run"];
        await CommandLine.RunJson([.. command.Split(' '), "--out", run]);
        var whole = Contents(run);
        File.Delete(Path.Combine(run, "result.json"));
        File.WriteAllText(Path.Combine(run, "figures", "of-other-options.svg"), "<svg/>");
        File.WriteAllText(Path.Combine(run, "notes.txt"), "mine");

        var (code, _, error) = await CommandLine.Run("report", run);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains($"'{run}' has no result: 'decoder {command.Split(' ')[0]}' did not finish. Start again with 'decoder {command.Split(' ')[0]} ", error);
        (code, _, error) = await CommandLine.Run([.. another.Split(' '), "--out", run]);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("which was not finished. Start again", error);

        await CommandLine.RunJson([.. command.Split(' '), "--out", run]);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(run, "notes.txt")));
        File.Delete(Path.Combine(run, "notes.txt"));
        Assert.Equal(whole, Contents(run));
    }

    /// <summary>
    /// The commands at their fullest: killed at random and, as near as can be, when they begin to write; RUN, RECORDING, HDF5 and TRACES are inputs, OUT is what is made. What the same
    /// command, or --resume where it says so, makes then is what one makes that was left alone, and nothing else is left.
    /// </summary>
    [Theory]
    [InlineData("train --neurons 40 --trials 600 --epochs 40 --loss von-mises --out OUT")]
    [InlineData("sweep --neurons 16 --trials 200 --hidden 3 4 --learning-rate 0.001 0.01 --epochs 5 --out OUT")]
    [InlineData("compare --neurons 40 --trials 200 --out OUT")]
    [InlineData("curves --neurons 40 --trials 300 --decoder cosine-ridge --repeats 2 --out OUT")]
    [InlineData("encode --neurons 40 --trials 600 --from angle --epochs 60 --out OUT")]
    [InlineData("tilt --neurons 12 --trials 400 --epochs 2 --out OUT")]
    [InlineData("temporal TRACES --model lags --folds 2 --epochs 3 --bin 0.5 --out OUT")]
    [InlineData("evaluate RUN --data RECORDING --figures OUT")]
    [InlineData("evaluate OUT=RUN --figures")]
    [InlineData("interpret OUT=RUN")]
    [InlineData("plot OUT=RUN")]
    [InlineData("predict RUN --data RECORDING --out OUT.csv")]
    [InlineData("data simulate --neurons 500 --trials 2000 --single-trials --out OUT.npz")]
    [InlineData("data convert RECORDING OUT.npz --compress")]
    [InlineData("data convert HDF5 OUT.npz --resp resp --stimuli stimuli")]
    public async Task KilledAtAnyTimeTheSameCommandEndsAsIfItHadNotBeen(string command)
    {
        await MakeInputs(command);
        var undisturbed = Place("whole", command);
        var watch = Stopwatch.StartNew();
        await Undisturbed(undisturbed, command);
        var expected = Contents(_folder["whole"]);

        // A process takes longer than this one, where all is compiled already; a random part of that.
        var moments = new Random(command.Length);
        var atRandom = TimeSpan.FromMilliseconds(100) + moments.NextDouble() * (watch.Elapsed + TimeSpan.FromMilliseconds(400));
        foreach (var (name, moment) in ((string, TimeSpan?)[])[("at-random", atRandom), ("in-writing", null)])
        {
            var arguments = Place(name, command);
            await Kill(arguments, _folder[name], moment);
            var kind = FolderKind.Of(Path.Combine(_folder[name], "OUT"));
            if (kind is { Resumes: true } && command.Split(' ')[0] == kind.Command && !kind.IsFinished(Path.Combine(_folder[name], "OUT")))
            {
                await CommandLine.RunJson(kind.Command, "--resume", Path.Combine(_folder[name], "OUT"));
            }
            else if (kind is null || !kind.IsFinished(Path.Combine(_folder[name], "OUT")) || kind.Command != command.Split(' ')[0])
            {
                await Undisturbed(arguments, command);
            }

            Assert.Equal(expected, Contents(_folder[name]));
        }
    }

    /// <summary>The inputs that a command needs.</summary>
    private async Task MakeInputs(string command)
    {
        if (command.Contains("RUN"))
        {
            await CommandLine.Train(_folder["RUN"], "--epochs 3 --loss classes --classes 4");
        }

        if (command.Contains("RECORDING"))
        {
            await CommandLine.RunJson("data", "simulate", "--neurons", "16", "--trials", "5000", "--single-trials", "--out", _folder["recording.npz"]);
        }

        if (command.Contains("HDF5"))
        {
            Assert.SkipUnless(File.Exists(Decoder), "The program is not beside the tests.");
            new PureHDF.H5File { ["resp"] = new double[300, 40], ["stimuli"] = Enumerable.Range(0, 300).Select(i => (double)i).ToArray() }.Write(_folder["recording.h5"]);
        }

        if (command.Contains("TRACES"))
        {
            File.WriteAllBytes(_folder["traces.npz"], Traces.File(Traces.ByMean()));
        }
    }

    /// <summary>The command's arguments, with its output in a folder of its own, where OUT is.</summary>
    private string[] Place(string name, string command)
    {
        Directory.CreateDirectory(_folder[name]);
        if (command.Contains("OUT=RUN"))
        {
            ReportFolders.Copy(_folder["RUN"], Path.Combine(_folder[name], "OUT"));
        }

        return
        [
            .. command.Split(' ').Select(word => word switch
            {
                "RUN" => _folder["RUN"],
                "RECORDING" => _folder["recording.npz"],
                "HDF5" => _folder["recording.h5"],
                "TRACES" => _folder["traces.npz"],
                _ when word.StartsWith("OUT", StringComparison.Ordinal) => Path.Combine(_folder[name], word.Replace("=RUN", "", StringComparison.Ordinal)),
                _ => word,
            }),
        ];
    }

    private static async Task Undisturbed(string[] arguments, string command)
    {
        var (code, _, error) = await CommandLine.Run(arguments);
        Assert.True(code == ExitCode.Success, $"{command}: {error}");
    }

    /// <summary>Kills a process after a time or, without one, when anything in a folder changes.</summary>
    private static async Task Kill(string[] arguments, string folder, TimeSpan? moment)
    {
        var before = State(folder);
        using var process = Start(arguments);
        _ = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (moment is { } time)
        {
            await Task.WhenAny(Task.Delay(time, TestContext.Current.CancellationToken), process.WaitForExitAsync(TestContext.Current.CancellationToken));
        }
        else
        {
            while (!process.HasExited && State(folder) == before)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The files as they are; that a command tries whether it can write is no writing yet.</summary>
    private static string State(string folder) => string.Join('\n', Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => new FileInfo(path))
        .Where(file => file is { Exists: true } and not { Extension: ".tmp", Length: 0 })
        .Select(file => $"{file.FullName} {file.LastWriteTimeUtc.Ticks}"));

    /// <summary>All files of a folder, as they are but for times and the folder's own name.</summary>
    private static SortedDictionary<string, string> Contents(string folder)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            // Trials side by side are noted as they end, in any order.
            var text = Path.GetExtension(path) switch
            {
                ".jsonl" => string.Join('\n', File.ReadLines(path).Order(StringComparer.Ordinal)),
                ".json" => File.ReadAllText(path),
                _ => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))),
            };
            contents.Add(Path.GetRelativePath(folder, path), TimePattern().Replace(text.Replace(folder, "", StringComparison.Ordinal), ""));
        }

        return contents;
    }

    [Fact]
    public void AFinishedFolderOfEachKindIsNamedAndNotOverwritten()
    {
        foreach (var kind in FolderKind.All)
        {
            var folder = Directory.CreateDirectory(_folder[kind.Command]).FullName;
            File.WriteAllText(Path.Combine(folder, kind.Configuration), "{}");
            Assert.Contains($"which was not finished. {(kind.Resumes ? $"Continue it with 'decoder {kind.Command} --resume" : "Start again")}", Refusal(folder));

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

    private static string Refusal(string folder) => Assert.Throws<InvalidInputException>(() => NewFolder.EnsureFree(folder, FolderKind.Run)).Message;

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

    private static string Decoder => Path.Combine(AppContext.BaseDirectory, "decoder.dll");

    private static Process Start(string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Path.ChangeExtension(Decoder, ".runtimeconfig.json")), "The program is not beside the tests.");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Decoder, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex("""\s*"[a-zA-Z]*[sS]econds[a-zA-Z]*":[^,}\n]*""")]
    private static partial Regex TimePattern();
}
