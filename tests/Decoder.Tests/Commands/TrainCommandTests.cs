using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed partial class TrainCommandTests : IDisposable
{
    private static readonly string[] FiguresOfARun = ["decoded.svg", "error.svg", "loss.svg", "responses.svg", "tuning.svg"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mse", new[] { "mse", "medianAbsoluteErrorDegrees", "meanAbsoluteErrorDegrees", "r2" })]
    [InlineData("circular", new[] { "mse", "medianAbsoluteErrorDegrees", "meanAbsoluteErrorDegrees", "r2" })]
    [InlineData("classes", new[] { "mse", "medianAbsoluteErrorDegrees", "meanAbsoluteErrorDegrees", "r2", "accuracy", "nll" })]
    public async Task LeavesAWholeRunAndPrintsItsResult(string loss, string[] scores)
    {
        var run = _folder["run"];

        var result = await CommandLine.Train(run, $"--loss {loss} --epochs 7");

        Assert.Equal(["data", "device", "parameters", "epochs", "train", "test", "secondsPerStep", "run"], Names(result));
        Assert.Equal(["neurons", "stimuli", "simulated"], Names(result.GetProperty("data")));
        Assert.Equal(["loss"], Names(result.GetProperty("train")));
        Assert.Equal(scores, Names(result.GetProperty("test")));
        Assert.Equal(16, result.GetProperty("data").GetProperty("neurons").GetInt32());
        Assert.True(result.GetProperty("data").GetProperty("simulated").GetBoolean());
        Assert.Equal(7, result.GetProperty("epochs").GetInt32());
        Assert.Equal(run, result.GetProperty("run").GetString());
        var outputs = loss switch { "mse" => 1, "circular" => 2, _ => 20 };
        Assert.Equal((16 + 1) * 4 + (4 + 1) * outputs, result.GetProperty("parameters").GetInt32());
        Assert.True(result.GetProperty("secondsPerStep").GetDouble() > 0);

        Assert.Equal(
            ["config.json", "figures", "metrics.jsonl", "model.safetensors", "predictions.csv", "result.json"],
            Directory.GetFileSystemEntries(run).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(JsonElement.DeepEquals(result, JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement));
        Assert.Equal(Enumerable.Range(1, 7), Metrics(run).Select(epoch => epoch.GetProperty("epoch").GetInt32()));
        AssertFiguresShowTheRun(run, epochs: 7);

        var evaluated = await CommandLine.RunJson("evaluate", run);
        Assert.True(JsonElement.DeepEquals(result, evaluated), $"{result}\n{evaluated}");
    }

    [Fact]
    public async Task PrintsForPeople()
    {
        var (code, output, error) = await CommandLine.Run(CommandLine.TrainArguments(_folder["run"], "--loss classes --classes 8 --epochs 3"));

        Assert.Equal((ExitCode.Success, ""), (code, error));
        Assert.Contains("16 -> 4 relu -> 8 classes, 108 parameters", output);
        Assert.Contains("accuracy", output);
        Assert.Contains("(chance 0.125)", output);
        Assert.Contains(_folder["run"], output);
    }

    [Fact]
    public async Task CrossValidationTestsEveryRowOnceAndLeavesNoModel()
    {
        var run = _folder["run"];

        var result = await CommandLine.Train(run, "--loss circular --folds 3 --epochs 4");

        Assert.Equal(3, result.GetProperty("folds").GetInt32());
        var rows = result.GetProperty("data").GetProperty("stimuli").GetInt32();
        Assert.Equal(
            Enumerable.Range(0, rows),
            File.ReadLines(Path.Combine(run, "predictions.csv")).Skip(1).Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)).Order());
        Assert.Equal(
            from fold in Enumerable.Range(1, 3) from epoch in Enumerable.Range(1, 4) select (fold, epoch),
            Metrics(run).Select(epoch => (epoch.GetProperty("fold").GetInt32(), epoch.GetProperty("epoch").GetInt32())));
        Assert.Equal(3, File.ReadAllLines(Path.Combine(run, "folds.jsonl")).Length);
        AssertFiguresShowTheRun(run, epochs: 4);

        var (code, _, error) = await CommandLine.Run("evaluate", run);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("is a cross-validation of 3 folds, which judges settings and leaves no model", error);
    }

    [Theory]
    [InlineData("--loss mse --batch-size 20 --l1 0.01 --dropout 0.3")]
    [InlineData("--loss circular --early-stopping 3 --epochs 9")]
    [InlineData("--loss classes --folds 2 --epochs 3")]
    public async Task TheSameSeedGivesTheSameBits(string options)
    {
        options = options.Contains("--epochs", StringComparison.Ordinal) ? options : options + " --epochs 4";
        await CommandLine.Train(_folder["a"], options + " --seed 5");
        await CommandLine.Train(_folder["b"], options + " --seed 5");
        await CommandLine.Train(_folder["c"], options + " --seed 6");

        string[] deterministic = options.Contains("--folds", StringComparison.Ordinal) ? ["predictions.csv"] : ["predictions.csv", "model.safetensors"];
        Assert.All(deterministic, name => Assert.Equal(Bytes("a", name), Bytes("b", name)));
        Assert.All(deterministic, name => Assert.NotEqual(Bytes("a", name), Bytes("c", name)));
    }

    [Fact]
    public async Task PlotDrawsTheSameFiguresAgainAndPngWhereThereAreFonts()
    {
        var run = _folder["run"];
        await CommandLine.Train(run, "--epochs 3");
        var figures = Path.Combine(run, "figures");
        var before = Directory.GetFiles(figures).ToDictionary(path => path, File.ReadAllText);
        Directory.Delete(figures, recursive: true);

        var (code, output, error) = await CommandLine.Run("plot", run, "--png");

        Assert.Equal(ExitCode.Success, code);
        Assert.All(before, figure => Assert.Equal(figure.Value, File.ReadAllText(figure.Key)));
        if (error.Length > 0)
        {
            Assert.Contains("--png needs a font, and none is installed", error);
            Assert.Equal(FiguresOfARun, Directory.GetFiles(figures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        else
        {
            byte[] signature = [0x89, (byte)'P', (byte)'N', (byte)'G'];
            Assert.All(before.Keys, path => Assert.Equal(signature, File.ReadAllBytes(Path.ChangeExtension(path, ".png"))[..4]));
        }

        Assert.Equal(Directory.GetFiles(figures).Order(StringComparer.Ordinal), output.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r')));
    }

    [Theory]
    [InlineData("evaluate")]
    [InlineData("plot")]
    public async Task WhatNeedsARunSaysWhereThereIsNone(string command)
    {
        var (code, output, error) = await CommandLine.Run(command, _folder["none"]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains($"'{_folder["none"]}' has no run", error);
    }

    [Theory]
    [InlineData("config.json", "{}")]
    [InlineData("config.json", "no JSON")]
    [InlineData("result.json", "null")]
    [InlineData("model.safetensors", "short")]
    [InlineData("metrics.jsonl", "{\"epoch\":1}\n")]
    [InlineData("predictions.csv", "a,b\n")]
    public async Task ADamagedRunIsRefusedByName(string file, string content)
    {
        await CommandLine.Train(_folder["run"], "--epochs 1");
        var path = Path.Combine(_folder["run"], file);
        File.WriteAllText(path, content);

        var (code, output, error) = await CommandLine.Run(file == "model.safetensors" ? "evaluate" : "plot", _folder["run"]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(path, error);
    }

    internal static JsonElement[] Metrics(string run) =>
        [.. File.ReadLines(Path.Combine(run, "metrics.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];

    private static void AssertFiguresShowTheRun(string run, int epochs)
    {
        var figures = Path.Combine(run, "figures");
        Assert.Equal(FiguresOfARun, Directory.GetFiles(figures).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(FiguresOfARun, name => Assert.Contains("simulated", File.ReadAllText(Path.Combine(figures, name))));

        // The curves of the training and of the test set; the axes are lines of two points.
        var curves = Polyline().Matches(File.ReadAllText(Path.Combine(figures, "loss.svg")))
            .Select(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length)
            .Where(points => points > 2);
        Assert.Equal([epochs, epochs], curves);
    }

    [GeneratedRegex("<polyline points=\"([^\"]*)\"")]
    private static partial Regex Polyline();

    private byte[] Bytes(string run, string name) => File.ReadAllBytes(Path.Combine(_folder[run], name));
}
