using Decoder.Terminal;
using Decoder.Tests.Recordings;
using Decoder.Tests.Temporal;

namespace Decoder.Tests.Commands;

public sealed class TemporalCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheStimulusIsDecodedOnceTheNeuronsAnswer()
    {
        File.WriteAllBytes(_folder["a.npz"], Traces.File(Traces.ByMean()));
        var run = _folder["run"];
        var result = await CommandLine.RunJson("temporal", _folder["a.npz"], "--folds", "4", "--epochs", "60", "--bin", "0.5", "--out", run);

        Assert.Equal(["static", "lags", "conv", "gru"], result.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("model").GetString()));
        Assert.All(result.GetProperty("models").EnumerateArray(), model =>
        {
            Assert.InRange(model.GetProperty("scores").GetProperty("accuracy").GetDouble(), 0.85, 1);
            Assert.InRange(model.GetProperty("shuffled").GetProperty("accuracy").GetDouble(), 0, 0.5);
        });
        var course = result.GetProperty("course").EnumerateArray().ToArray();
        Assert.Equal([-1, -0.5, 0, 0.5, 1], course.Select(bin => bin.GetProperty("startSeconds").GetDouble()));
        Assert.All(course[..3], bin => Assert.InRange(bin.GetProperty("scores").GetProperty("accuracy").GetDouble(), 0, 0.5));
        Assert.All(course[3..], bin => Assert.InRange(bin.GetProperty("scores").GetProperty("accuracy").GetDouble(), 0.85, 1));
        Assert.Equal(
            ["accuracy-course.svg", "decoded-conv.svg", "decoded-gru.svg", "decoded-lags.svg", "decoded-static.svg", "error-course.svg", "models.svg"],
            Directory.GetFiles(Path.Combine(run, "figures")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(65, File.ReadAllLines(Path.Combine(run, "predictions-gru.csv")).Length);
    }

    [Fact]
    public async Task TracesOfANpyFileTakeTheRestFromOthersAndSeedsRepeat()
    {
        File.WriteAllBytes(_folder["traces.npy"], NpyBytes.FloatArray("(64, 8, 24)", Traces.ByMean()));
        File.WriteAllBytes(_folder["s.npy"], NpyBytes.FloatArray("(64,)", Traces.Stimuli));
        File.WriteAllBytes(_folder["t.npy"], NpyBytes.FloatArray("(24,)", [.. Traces.Times.Select(time => time + 1)]));
        foreach (var name in (string[])["a", "b"])
        {
            var (code, output, error) = await CommandLine.Run(
                "temporal", _folder["traces.npy"], "--stimuli", _folder["s.npy"], "--time", _folder["t.npy"], "--onset", "1",
                "--model", "lags", "--loss", "circular", "--folds", "3", "--epochs", "20", "--bin", "0.5", "--out", _folder[name]);
            Assert.True(code == ExitCode.Success, error);
            Assert.Contains("0.50 to 1.00", output);
            Assert.DoesNotContain("gru", output);
        }

        Assert.Equal(File.ReadAllBytes(_folder["a/predictions-lags.csv"]), File.ReadAllBytes(_folder["b/predictions-lags.csv"]));
    }

    [Theory]
    [InlineData("good.npz --folds 1", "--folds 1: at least 2 are needed")]
    [InlineData("good.npz --folds 65", "--folds 65: there are 64 trials")]
    [InlineData("good.npz --epochs 0", "--epochs is 0; it must be at least 1")]
    [InlineData("good.npz --bin 0", "--bin is 0; it must be positive")]
    [InlineData("good.npz --bin 9", "Choose a smaller --bin")]
    [InlineData("good.npz --onset 5", "0 of the samples")]
    [InlineData("good.npz --onset nan", "--onset is NaN")]
    [InlineData("good.npz --period 90", "--period 90: it is 360 for direction or 180")]
    [InlineData("good.npz --traces other", "there is no array 'other' with the traces")]
    [InlineData("good.npz --time other", "--time other: there is no such file, and no such array")]
    [InlineData("good.npz --model lstm", "lstm")]
    [InlineData("missing.npz", "missing.npz: there is no such file")]
    [InlineData("turned.npz", "trials x neurons x times are needed")]
    [InlineData("flat.npz", "trials x neurons x times are needed")]
    [InlineData("nan.npz", "the trace of neuron 2 in trial 1 is NaN at sample 3")]
    [InlineData("uneven.npz", "seconds that ascend in even steps are needed")]
    public async Task WhatIsNotPossibleIsRefusedBeforeAFolderIsMade(string options, string message)
    {
        var traces = Traces.ByMean();
        File.WriteAllBytes(_folder["good.npz"], Traces.File(traces));
        File.WriteAllBytes(_folder["turned.npz"], Traces.File(traces, shape: "(24, 8, 64)"));
        File.WriteAllBytes(_folder["flat.npz"], Traces.File(traces, shape: "(64, 192)"));
        traces[8 * 24 + 2 * 24 + 3] = float.NaN;
        File.WriteAllBytes(_folder["nan.npz"], Traces.File(traces));
        File.WriteAllBytes(_folder["uneven.npz"], Traces.File(Traces.ByMean(), times: [.. Traces.Times.Select((time, i) => i == 7 ? 5 : time)]));
        var arguments = options.Split(' ');

        var (code, output, error) = await CommandLine.Run(["temporal", _folder[arguments[0]], .. arguments[1..], "--out", _folder["run"]]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(message, error);
        Assert.DoesNotContain("run", _folder.Names);
    }

    [Fact]
    public async Task RealTracesAreDecodedAndChanceComesBeforeTheOnset()
    {
        var file = RealData.Require("park2024/230809_mrcuts28_fov4.npz");
        var result = await CommandLine.RunJson("temporal", file, "--model", "gru", "--out", _folder["run"]);
        Assert.Equal(8, result.GetProperty("classes").GetInt32());
        Assert.All(result.GetProperty("models").EnumerateArray(), model => Assert.InRange(model.GetProperty("scores").GetProperty("accuracy").GetDouble(), 0.5, 0.9));
        Assert.All(result.GetProperty("models").EnumerateArray(), model => Assert.InRange(model.GetProperty("shuffled").GetProperty("accuracy").GetDouble(), 0, 0.3));
        Assert.All(
            result.GetProperty("course").EnumerateArray().Where(bin => bin.GetProperty("endSeconds").GetDouble() <= 0),
            bin => Assert.InRange(bin.GetProperty("scores").GetProperty("accuracy").GetDouble(), 0, 0.3));
    }
}
