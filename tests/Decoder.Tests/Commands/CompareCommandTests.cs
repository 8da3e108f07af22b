using System.Text.Json;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASimulatedRecordingIsComparedInAFolderThatResumeCompletes()
    {
        var run = _folder["run"];
        var whole = await CommandLine.RunJson("compare", "--neurons", "60", "--trials", "160", "--seed", "3", "--out", run);

        Assert.Equal(40, whole.GetProperty("testTrials").GetInt32());
        var decoders = whole.GetProperty("decoders").EnumerateArray().ToArray();
        Assert.Equal(
            ["shared-noise", "super-neuron-ridge", "cosine-ridge", "naive-bayes", "naive-bayes-gain", "nearest-neighbors"],
            decoders.Select(decoder => decoder.GetProperty("name").GetString()));
        Assert.Equal("poisson-naive-bayes", whole.GetProperty("refused")[0].GetProperty("name").GetString());
        var ours = decoders[0].GetProperty("medianAbsoluteErrorDegrees").GetProperty("value").GetDouble();
        foreach (var rival in decoders[1..])
        {
            var difference = rival.GetProperty("medianDifference");
            Assert.Equal(ours - rival.GetProperty("medianAbsoluteErrorDegrees").GetProperty("value").GetDouble(), difference.GetProperty("value").GetDouble(), 1e-9);
            Assert.True(difference.GetProperty("low").GetDouble() <= difference.GetProperty("high").GetDouble());
        }

        var ideal = whole.GetProperty("ideal").GetProperty("observer").GetProperty("medianAbsoluteErrorDegrees").GetDouble();
        Assert.InRange(ideal, 0.1, ours);
        Assert.Equal(Math.Pow(ideal / ours, 2), whole.GetProperty("ideal").GetProperty("efficiency").GetDouble(), 1e-9);
        Assert.InRange(whole.GetProperty("shuffled").GetProperty("meanAbsoluteErrorDegrees").GetProperty("value").GetDouble(), 60, 120);
        Assert.Equal(["comparison.svg", "decoded.svg", "error.svg"], Directory.GetFiles(Path.Combine(run, "figures")).Select(Path.GetFileName).Order());
        Assert.Contains("simulated data", File.ReadAllText(Path.Combine(run, "figures", "comparison.svg")), StringComparison.Ordinal);

        // As after a kill: two decoders finished, the third in the middle of its table.
        var parts = Path.Combine(run, "parts.jsonl");
        File.WriteAllText(parts, string.Concat(File.ReadAllLines(parts).Take(2).Select(line => line + "\n")) + "{\"decoder\":\"cos");
        File.Delete(Path.Combine(run, "result.json"));
        var kept = File.GetLastWriteTimeUtc(Path.Combine(run, "shared-noise.1.csv"));
        var resumed = await CommandLine.RunJson("compare", "--resume", run);

        Assert.Equal(kept, File.GetLastWriteTimeUtc(Path.Combine(run, "shared-noise.1.csv")));
        Assert.Equal(WithoutTimes(whole), WithoutTimes(resumed));
    }

    [Fact]
    public async Task FoldsTestEveryTrialOnceAndTheTableSaysSo()
    {
        var (code, output, error) = await CommandLine.Run("compare", "--neurons", "30", "--trials", "90", "--folds", "3", "--out", _folder["run"]);

        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("3 folds; 90 test trials", output, StringComparison.Ordinal);
        Assert.Contains("shuffled control", output, StringComparison.Ordinal);
        Assert.Contains("poisson-naive-bayes   not possible", output, StringComparison.Ordinal);
        var rows = Enumerable.Range(1, 3).SelectMany(fold => File.ReadLines(Path.Combine(_folder["run"], $"cosine-ridge.{fold}.csv")).Skip(1)).Select(line => int.Parse(line.Split(',')[0]));
        Assert.Equal(Enumerable.Range(0, 90), rows.Order());
    }

    [Theory]
    [InlineData("--period 90", "--period 90: it is 360 for direction or 180")]
    [InlineData("--folds 1", "--folds 1: at least 2 are needed")]
    [InlineData("--trials 50 --folds 51", "51 folds of 50 rows are not possible")]
    [InlineData("missing.npz", "missing.npz: there is no such file")]
    [InlineData("missing.npz other.npz", "2 recordings are given; 'decoder compare' takes one")]
    [InlineData("--stimuli angles.npy", "--stimuli needs the file with the responses")]
    [InlineData("--resume nowhere --folds 3", "leave out --folds")]
    [InlineData("--resume nowhere", "'nowhere' has no comparison: there is no comparison.json in it")]
    public async Task WhatIsNotPossibleIsRefusedBeforeAFolderIsMade(string options, string message)
    {
        var isResumed = options.Contains("--resume", StringComparison.Ordinal);
        var isSmall = isResumed || options.Contains("missing", StringComparison.Ordinal) || options.Contains("--trials", StringComparison.Ordinal);
        string[] size = isSmall ? [] : ["--neurons", "5", "--trials", "20"];
        string[] place = isResumed ? [] : ["--out", _folder["run"]];
        var (code, output, error) = await CommandLine.Run(["compare", .. options.Split(' '), .. size, .. place]);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private static string WithoutTimes(JsonElement result) => string.Join(
        "\n", result.EnumerateObject().Where(property => property.Name != "decoders").Select(property => property.ToString())
            .Concat(result.GetProperty("decoders").EnumerateArray().SelectMany(decoder => decoder.EnumerateObject())
                .Where(property => property.Name != "seconds").Select(property => property.ToString())));
}
