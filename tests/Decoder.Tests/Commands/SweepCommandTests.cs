using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class SweepCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LeavesATrialForEachCombinationATableAFigureForEachOptionAndTheBestRun()
    {
        var sweep = _folder["sweep"];

        var result = await CommandLine.RunJson(Arguments("--hidden none 4,3 --learning-rate 1e-3 1e-2 --loss classes --classes 6 --select-by nll"));

        Assert.Equal(4, result.GetProperty("trials").GetArrayLength());
        var first = result.GetProperty("trials")[0];
        Assert.Equal(first.GetProperty("trial").GetInt32(), result.GetProperty("winner").GetProperty("trial").GetInt32());
        Assert.All(
            result.GetProperty("trials").EnumerateArray(),
            trial => Assert.True(trial.GetProperty("validation").GetProperty("nll").GetDouble() >= first.GetProperty("validation").GetProperty("nll").GetDouble()));
        Assert.Equal(
            ["figures", "result.json", "sweep.json", "trials", "trials.csv", "trials.jsonl", "winner"],
            Directory.GetFileSystemEntries(sweep).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["validation-by-hidden.svg", "validation-by-learning-rate.svg"],
            Directory.GetFiles(Path.Combine(sweep, "figures")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var table = File.ReadAllLines(Path.Combine(sweep, "trials.csv"));
        Assert.Equal("trial,hidden,learning-rate,epochs,median_error_degrees,mean_error_degrees,accuracy,nll", table[0]);
        Assert.Contains("\"4,3\"", string.Concat(table[1..]));
        Assert.Equal(4, table.Length - 1);

        // The winner is a run as any other.
        var test = result.GetProperty("winner").GetProperty("test");
        var evaluated = await CommandLine.RunJson("evaluate", Path.Combine(sweep, "winner"));
        Assert.True(System.Text.Json.JsonElement.DeepEquals(test, evaluated.GetProperty("test")));

        // A trial is judged on validation rows whoever asks.
        var trial = await CommandLine.RunJson("evaluate", first.GetProperty("run").GetString()!);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(first.GetProperty("validation"), trial.GetProperty("test")));
        Assert.Equal(0.25, trial.GetProperty("validationFraction").GetDouble());
        Assert.Contains("validation  median error", (await CommandLine.Run("evaluate", first.GetProperty("run").GetString()!)).Output);

        // A finished search is shown again.
        var (code, output, error) = await CommandLine.Run("sweep", "--resume", sweep);
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("is finished", error);
        Assert.Contains("best  trial", output);
    }

    [Fact]
    public async Task CombinationsThatContradictThemselvesAreLeftOutAndSaid()
    {
        var (code, output, error) = await CommandLine.Run(Arguments("--hidden none 4 --dropout 0 0.5 --loss circular"));

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("left out that contradict themselves: --dropout is for hidden units", error);
        Assert.Equal(3, Directory.GetDirectories(Path.Combine(_folder["sweep"], "trials")).Length);
        Assert.Contains("none", output);
    }

    [Fact]
    public async Task DrawsFromRangesAndHalves()
    {
        var result = await CommandLine.RunJson(Arguments("--learning-rate 1e-4..1e-1 --hidden 2..9 --samples 8 --halving 2 --parallel 2"));

        Assert.Equal([4, 4, 2, 2, 1, 1, 1, 1], result.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("epochs").GetInt32()));
    }

    [Theory]
    [InlineData("--learning-rate 1e-3 -1", "--learning-rate -1: it must be positive")]
    [InlineData("--learning-rate fast slow", "fast")]
    [InlineData("--hidden 4 x", "--hidden x: 'x' is not a number of units")]
    [InlineData("--hidden none --dropout 0.5", "--dropout is for hidden units")]
    [InlineData("--activation relu..tanh --samples 2", "names have no range")]
    [InlineData("--dropout 0..0.5", "--samples N")]
    [InlineData("--l1 0 0", "--l1 0 is there twice")]
    [InlineData("--samples 0", "--samples 0: from 1 to")]
    [InlineData("--halving 1", "--halving 1: a factor from 2")]
    [InlineData("--parallel 0", "--parallel 0: from 1 to 1024")]
    [InlineData("--validation-fraction 1", "--validation-fraction 1: it must be between 0 and 1")]
    [InlineData("--validation-fraction 0.001", "A validation fraction of 0.001 of")]
    [InlineData("--select-by nll --loss circular", "--select-by nll needs a decoder that has a likelihood")]
    [InlineData("--folds 3", "--folds")]
    [InlineData("--data a.npz b.npz", "'decoder sweep' takes one. Start it once for each")]
    [InlineData("--data a.npz --data b.npz", "'decoder sweep' takes one. Start it once for each")]
    [InlineData("--epochs 0 --l1 0 1", "--epochs 0: at least 1")]
    public async Task RefusesBadInput(string options, string message)
    {
        var (code, output, error) = await CommandLine.Run(Arguments(options));

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(message, error);
        Assert.False(Directory.Exists(_folder["sweep"]));
    }

    [Fact]
    public async Task RefusesFoldersThatAreNotItsOwn()
    {
        await CommandLine.RunJson(Arguments("--l1 0 1"));

        Assert.Contains("There is the search of an earlier 'decoder sweep' in", (await CommandLine.Run(Arguments("--l1 0 1"))).Error);
        Assert.Contains("leave out --l1", (await CommandLine.Run("sweep", "--resume", _folder["sweep"], "--l1", "1")).Error);
        Assert.Contains("has no search: there is no sweep.json in it", (await CommandLine.Run("sweep", "--resume", _folder["none"])).Error);
        Assert.Contains("is a trial of a search", (await CommandLine.Run("plot", Path.Combine(_folder["sweep"], "trials", "001"))).Error);
    }

    private string[] Arguments(string options) =>
    [
        "sweep", "--neurons", "12", "--trials", "150", .. options.Contains("--epochs", StringComparison.Ordinal) ? [] : (string[])["--epochs", "4"],
        .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--out", _folder["sweep"],
    ];
}
