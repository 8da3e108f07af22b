using System.Globalization;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class PredictCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mse")]
    [InlineData("circular")]
    [InlineData("classes")]
    public async Task DecodesEveryRowAsTrainingDid(string loss)
    {
        var data = await Simulate("data.npz", neurons: 12);
        await CommandLine.RunJson("train", "--data", data, "--hidden", "4", "--epochs", "3", "--loss", loss, "--out", _folder["run"]);

        var (code, printed, _) = await CommandLine.Run("predict", _folder["run"], "--data", data);
        Assert.Equal(ExitCode.Success, code);
        var json = await CommandLine.RunJson("predict", _folder["run"], "--data", data, "--out", _folder["table.csv"]);
        Assert.Equal(_folder["table.csv"], json.GetProperty("file").GetString());
        Assert.Equal(printed, File.ReadAllText(_folder["table.csv"]));

        var all = PredictionTable.Read(_folder["table.csv"]);
        var recording = RecordingReader.Read(data);
        Assert.Equal(recording.StimulusCount, all.Count);
        Assert.Equal(Enumerable.Range(0, all.Count), all.Select(prediction => prediction.Row));
        Assert.Equal(recording.Stimuli, all.Select(prediction => prediction.Actual));

        // The rows that training tested on, to the last digit.
        var tested = PredictionTable.Read(Path.Combine(_folder["run"], "predictions.csv"));
        Assert.InRange(tested.Count, 2, all.Count - 1);
        Assert.All(tested, prediction => Assert.Equal(prediction.Decoded, all[prediction.Row].Decoded));

        json = await CommandLine.RunJson("predict", _folder["run"], "--data", data);
        Assert.Equal(
            all.Select(prediction => prediction.Decoded.ToString("R", CultureInfo.InvariantCulture)),
            json.GetProperty("decodedDegrees").EnumerateArray().Select(angle => angle.GetRawText()));
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("evaluate")]
    public async Task RefusesOtherNeurons(string command)
    {
        await CommandLine.Train(_folder["run"], "--epochs 1");
        var data = await Simulate("data.npz", neurons: 15);

        var (code, output, error) = await CommandLine.Run(command, _folder["run"], "--data", data);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains($"{Path.GetFileName(data)}", error);
        Assert.Contains("has 15 neurons, but the model in", error);
        Assert.Contains("decodes 16", error);
    }

    [Fact]
    public async Task RefusesATableInNoFolderBeforeItDecodes()
    {
        await CommandLine.Train(_folder["run"], "--epochs 1");
        var data = await Simulate("data.npz", neurons: 16);

        var (code, _, error) = await CommandLine.Run("predict", _folder["run"], "--data", data, "--out", _folder["none/table.csv"]);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("does not exist", error);
    }

    [Fact]
    public async Task EvaluateDecodesAnotherRecordingAsAWhole()
    {
        var trained = await CommandLine.Train(_folder["run"], "--epochs 2");
        var data = await Simulate("data.npz", neurons: 16);

        var result = await CommandLine.RunJson("evaluate", _folder["run"], "--data", data);

        Assert.Equal(RecordingReader.Read(data).StimulusCount, result.GetProperty("data").GetProperty("stimuli").GetInt32());
        Assert.NotEqual(
            trained.GetProperty("test").GetProperty("mse").GetDouble(), result.GetProperty("test").GetProperty("mse").GetDouble());
    }

    private async Task<string> Simulate(string name, int neurons)
    {
        await CommandLine.RunJson(
            "data", "simulate", "--neurons", $"{neurons}", "--trials", "200", "--seed", "3", "--out", _folder[name]);
        return _folder[name];
    }
}
