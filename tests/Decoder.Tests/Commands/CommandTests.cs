using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Decoder.Commands;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> CommandLines
    {
        get
        {
            var data = new TheoryData<string>();
            void Add(Command command, string path)
            {
                if (command.Hidden)
                {
                    return;
                }

                data.Add(path);
                foreach (var child in command.Subcommands)
                {
                    Add(child, $"{path} {child.Name}".Trim());
                }
            }

            Add(DecoderCommand.Root, "");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task HelpOfEveryCommandHasAnExampleThatParses(string path)
    {
        var (code, output, _) = await CommandLine.Run([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Success, code);
        var examples = output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("decoder " + path, StringComparison.Ordinal));
        var lines = examples.Where(line => !line.Contains('[')).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Empty(DecoderCommand.Root.Parse(line["decoder ".Length..]).Errors));
    }

    [Fact]
    public async Task SimulateWritesWhatInfoReads()
    {
        var (code, output, error) = await CommandLine.Run(
            "data", "simulate", "--neurons", "20", "--trials", "900", "--single-trials", "--out", _folder["a.npz"], "--json");
        Assert.Equal((ExitCode.Success, ""), (code, error));
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(20, json.GetProperty("data").GetProperty("neurons").GetInt32());
        Assert.Equal(900, json.GetProperty("data").GetProperty("stimuli").GetInt32());
        Assert.True(json.GetProperty("data").GetProperty("simulated").GetBoolean());
        Assert.Equal(new FileInfo(_folder["a.npz"]).Length, json.GetProperty("bytes").GetInt64());

        (code, output, _) = await CommandLine.Run("data", "info", _folder["a.npz"], "--json");
        Assert.Equal(ExitCode.Success, code);
        json = JsonDocument.Parse(output).RootElement;
        Assert.True(json.GetProperty("data").GetProperty("simulated").GetBoolean());
        Assert.InRange(json.GetProperty("tuning").GetProperty("medianReliability").GetDouble(), 0.1, 1);

        (code, output, _) = await CommandLine.Run("data", "info", _folder["a.npz"], "--bin-width", "90");
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("4 rows x 20 neurons", output);
        Assert.Contains("(simulated)", output);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("data simulate")]
    [InlineData("data simulate --neurons many --out a.npz")]
    [InlineData("data simulate --neurons 0 --out a.npz")]
    [InlineData("data simulate --trials 1 --out a.npz")]
    [InlineData("data simulate --seed -1 --out a.npz")]
    [InlineData("data simulate --out a.csv")]
    [InlineData("data simulate --out no/such/folder/a.npz")]
    [InlineData("data info")]
    [InlineData("data info none.npz")]
    [InlineData("data info none.npz --bin-width x")]
    [InlineData("data info none.npz --running-threshold 5 --running s")]
    [InlineData("data info none.npz --time-limit 0")]
    [InlineData("data info none.npz --memory-limit 1")]
    [InlineData("data convert none.h5 a.npz")]
    [InlineData("data convert none.h5 a.csv")]
    [InlineData("data download")]
    [InlineData("data download everything")]
    [InlineData("data download tutorial --base-url ftp:x")]
    public async Task BadInputEndsWithTwoAMessageAndNoFile(string commandLine)
    {
        var arguments = commandLine.Split(' ').Select(word => word.Contains('.') ? _folder[word] : word).ToArray();

        var (code, output, error) = await CommandLine.Run(arguments);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Empty(output);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task ADamagedRecordingEndsWithTwoAndItsName()
    {
        RecordingWriter.Write(new Recording([1, 2], [0, 90], "test"), _folder["a.npz"]);
        var bytes = File.ReadAllBytes(_folder["a.npz"]);
        File.WriteAllBytes(_folder["a.npz"], bytes[..^30]);

        var (code, output, error) = await CommandLine.Run("data", "info", _folder["a.npz"]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(_folder["a.npz"], error);
    }

    [Theory]
    [InlineData("INT", ExitCode.Interrupted)]
    [InlineData("TERM", ExitCode.Terminated)]
    public async Task ASignalStopsTheProgramAndLeavesNothing(string signal, int expected)
    {
        // Where tests run in the background, the signal is ignored and children inherit that.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "GNU's env gives the program the signals of one in the foreground.");
        var decoder = Path.Combine(AppContext.BaseDirectory, "decoder.dll");
        Assert.SkipUnless(File.Exists(Path.ChangeExtension(decoder, ".runtimeconfig.json")), "The program is not beside the tests.");

        // The first line of progress says that the simulation is under way.
        using var process = Process.Start(new ProcessStartInfo("env")
        {
            ArgumentList = { "--default-signal=INT", "dotnet", decoder, "data", "simulate", "--neurons", "6000", "--trials", "40000", "--out", _folder["a.npz"] },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, process.ExitCode);
        Assert.Empty(_folder.Names);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
