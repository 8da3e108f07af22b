using System.Text.Json;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

/// <summary>That what is done to responses in training is done again when others are decoded, from command to command.</summary>
public sealed class PreprocessingCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--normalize zscore --remove-components 3")]
    [InlineData("--neurons 7 --normalize zscore")]
    [InlineData("--neurons 0-4,9- --subset-seed 3 --remove-components 2 --normalize spontaneous --spontaneous 0-9")]
    public async Task PredictDecodesTheWholeRecordingAsTrainingDid(string options)
    {
        var data = await Simulate("data.npz", neurons: 12);
        var result = await CommandLine.RunJson(
            ["train", "--data", data, "--hidden", "4", "--epochs", "3", .. options.Split(' '), "--out", _folder["run"]]);

        var (code, table, error) = await CommandLine.Run("predict", _folder["run"], "--data", data);
        Assert.True(code == ExitCode.Success, error);
        File.WriteAllText(_folder["table.csv"], table);
        var all = PredictionTable.Read(_folder["table.csv"]);
        var tested = PredictionTable.Read(Path.Combine(_folder["run"], "predictions.csv"));

        // Rows that were spontaneous are decoded too, but were not counted in training.
        var skipped = options.Contains("--spontaneous", StringComparison.Ordinal) ? 10 : 0;
        Assert.Equal(result.GetProperty("data").GetProperty("stimuli").GetInt32() + skipped, all.Count);
        Assert.All(tested, prediction => Assert.Equal(prediction.Decoded, all[prediction.Row + skipped].Decoded));

        var (_, own, _) = await CommandLine.Run("evaluate", _folder["run"], "--json");
        Assert.Equal(
            result.GetProperty("test").GetProperty("mse").GetDouble(),
            JsonDocument.Parse(own).RootElement.GetProperty("test").GetProperty("mse").GetDouble());
        (code, _, error) = await CommandLine.Run("evaluate", _folder["run"], "--data", data);
        Assert.True(code == ExitCode.Success, error);
    }

    [Fact]
    public async Task AModelOfSomeNeuronsRefusesARecordingOfOthers()
    {
        await CommandLine.RunJson("train", "--data", await Simulate("a.npz", 12), "--neurons", "7", "--epochs", "1", "--out", _folder["run"]);
        var other = await Simulate("b.npz", 7);

        var (code, _, error) = await CommandLine.Run("predict", _folder["run"], "--data", other);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("has 7 neurons, but the model in", error);
        Assert.Contains("decodes 7 of 12", error);
    }

    [Fact]
    public async Task PredictTurnsResponsesRoundByTheNumberOfNeurons()
    {
        var data = await Simulate("data.npz", 12);
        await CommandLine.RunJson("train", "--data", data, "--epochs", "1", "--out", _folder["run"]);
        var recording = RecordingReader.Read(data);
        var lines = Enumerable.Range(0, 12).Select(neuron => string.Join(',', recording.Neuron(neuron).Select(value => value.ToString("R"))));
        File.WriteAllLines(_folder["turned.csv"], lines);

        var (_, expected, _) = await CommandLine.Run("predict", _folder["run"], "--data", data);
        var (code, actual, error) = await CommandLine.Run("predict", _folder["run"], "--data", _folder["turned.csv"]);

        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("since there are 12 neurons", error);
        Assert.Equal(expected.Split('\n').Select(Decoded), actual.Split('\n').Select(Decoded));
    }

    [Fact]
    public async Task SeveralRecordingsGetAModelEachAndATable()
    {
        string[] files = [await Simulate("a.npz", 12), await Simulate("b.npz", 5)];
        File.WriteAllText(_folder["bad.npz"], "no recording");

        var (code, output, error) = await CommandLine.Run(
            "train", files[0], _folder["bad.npz"], "--data", files[1], "--epochs", "1", "--out", _folder["runs"], "--json");

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("bad.npz: neither", error);
        var runs = JsonDocument.Parse(output).RootElement.GetProperty("runs").EnumerateArray().ToArray();
        Assert.Equal([12, 5], runs.Select(run => run.GetProperty("data").GetProperty("neurons").GetInt32()));
        Assert.Equal(["a", "b"], Directory.GetDirectories(_folder["runs"]).Select(Path.GetFileName).Order());

        (code, output, _) = await CommandLine.Run("train", files[0], files[0], "--epochs", "1", "--out", _folder["twice"]);
        Assert.Equal(ExitCode.Success, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains("decoder report", lines[^1]);
        Assert.Equal(["a", "a-2"], Directory.GetDirectories(_folder["twice"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task ARunWithASelectionIsResumedAndReadAgain()
    {
        var data = await Simulate("data.npz", 12);
        await CommandLine.RunJson("train", "--data", data, "--neurons", "5", "--trials", "50", "--epochs", "2", "--out", _folder["run"]);
        var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder["run"], "config.json"))).RootElement;
        Assert.Equal("5", config.GetProperty("data").GetProperty("reading").GetProperty("neurons").GetString());
        File.Delete(Path.Combine(_folder["run"], "result.json"));

        var result = await CommandLine.RunJson("train", "--resume", _folder["run"]);

        Assert.Equal(5, result.GetProperty("data").GetProperty("neurons").GetInt32());
        Assert.Equal(50, result.GetProperty("data").GetProperty("stimuli").GetInt32());
    }

    private static string Decoded(string line) => line.Split(',') is { Length: > 1 } fields ? fields[1] : line;

    private async Task<string> Simulate(string name, int neurons)
    {
        await CommandLine.RunJson("data", "simulate", "--neurons", $"{neurons}", "--trials", "200", "--seed", "3", "--out", _folder[name]);
        return _folder[name];
    }
}
