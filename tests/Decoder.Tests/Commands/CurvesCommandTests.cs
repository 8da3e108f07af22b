using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class CurvesCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LeavesCurvesHalvesAndTheControl()
    {
        var result = await CommandLine.RunJson("curves", "--neurons", "30", "--trials", "200", "--repeats", "2", "--out", _folder["run"]);

        Assert.Equal([10, 30], result.GetProperty("neurons").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("count").GetInt32()));
        Assert.Equal([50, 100, 150], result.GetProperty("trials").GetProperty("points").EnumerateArray().Select(point => point.GetProperty("count").GetInt32()));
        Assert.Equal(90, result.GetProperty("chanceMeanDegrees").GetDouble());
        Assert.InRange(result.GetProperty("shuffledMeanDegrees").GetDouble(), 60, 120);
        Assert.Equal(50, File.ReadAllLines(Path.Combine(_folder["run"], "halves.csv")).Length - 1);
        Assert.All(["neurons", "trials", "halves"], name => Assert.Contains("simulated", File.ReadAllText(Path.Combine(_folder["run"], "figures", name + ".svg"))));

        var (code, output, error) = await CommandLine.Run("curves", "--resume", _folder["run"]);
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("cosine-ridge: 200 trials x 30 neurons (simulated), 50 test trials", output);
        Assert.Contains("shuffled", output);
    }

    [Theory]
    [InlineData("--period 90", "--period 90: it is 360")]
    [InlineData("--repeats 0", "--repeats 0: from 1 to 1000")]
    [InlineData("--epochs 5", "--epochs 5 is for --decoder network; cosine-ridge has none")]
    [InlineData("--decoder network --epochs 0", "--epochs 0: at least 1")]
    [InlineData("--decoder oracle", "'oracle' not recognized")]
    [InlineData("--neuron-counts 1", "--neuron-counts 1: from 2 to 30")]
    [InlineData("--neuron-counts 10 31", "--neuron-counts 31: from 2 to 30")]
    [InlineData("--trial-counts 151", "--trial-counts 151: from 4 to 150")]
    [InlineData("--data a.npz b.npz", "2 recordings are given; 'decoder curves' takes one")]
    public async Task RefusesBadInput(string options, string message)
    {
        if (options.StartsWith("--data", StringComparison.Ordinal))
        {
            options = options.Replace(" b.npz", " --data b.npz", StringComparison.Ordinal);
        }

        string[] size = options.StartsWith("--data", StringComparison.Ordinal) ? [] : ["--neurons", "30", "--trials", "200"];
        var (code, output, error) = await CommandLine.Run(["curves", .. size, .. options.Split(' '), "--out", _folder["run"]]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(message, error);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    [Fact]
    public async Task RefusesFoldersThatAreNotItsOwn()
    {
        Directory.CreateDirectory(_folder["other"]);
        File.WriteAllText(Path.Combine(_folder["other"], "notes.txt"), "");

        Assert.Contains("is not empty", (await CommandLine.Run("curves", "--neurons", "30", "--out", _folder["other"])).Error);
        Assert.Contains("has no curves: there is no curves.json in it", (await CommandLine.Run("curves", "--resume", _folder["other"])).Error);
        Assert.Contains("leave out --repeats", (await CommandLine.Run("curves", "--resume", _folder["other"], "--repeats", "2")).Error);
    }
}
