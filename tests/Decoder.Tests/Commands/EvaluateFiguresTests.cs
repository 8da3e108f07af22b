using System.Text.Json;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class EvaluateFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ClassesHaveConfusionCalibrationAndDiscrimination()
    {
        var run = _folder["run"];
        await CommandLine.Train(run, "--loss classes --classes 6 --epochs 20");

        var result = await CommandLine.RunJson("evaluate", run, "--figures");

        var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "figures", "evaluation.json"))).RootElement;
        var confusion = json.GetProperty("confusion").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetInt32()).ToArray()).ToArray();
        var trials = confusion.Sum(row => row.Sum());
        Assert.Equal(result.GetProperty("test").GetProperty("accuracy").GetDouble(), Enumerable.Range(0, 6).Sum(i => confusion[i][i]) / (double)trials, 12);
        Assert.Equal(trials, json.GetProperty("calibration").GetProperty("trials").EnumerateArray().Sum(count => count.GetInt32()));
        Assert.All(["confusion", "calibration", "discrimination"], name => Assert.True(File.Exists(Path.Combine(run, "figures", name + ".svg"))));

        var (_, output, _) = await CommandLine.Run("evaluate", run);
        Assert.Contains("calibration predicted and observed probabilities differ by", output);
        Assert.Contains("threshold", output);
    }

    [Fact]
    public async Task AnglesWithAConcentrationHaveCoverage()
    {
        var run = _folder["run"];
        await CommandLine.Train(run, "--loss von-mises --epochs 10");

        await CommandLine.RunJson("evaluate", run, "--figures");

        var calibration = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "figures", "evaluation.json"))).RootElement.GetProperty("calibration");
        var observed = calibration.GetProperty("observed").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(19, observed.Length);
        Assert.Equal(observed.Order(), observed);
        Assert.Contains("within the interval", File.ReadAllText(Path.Combine(run, "figures", "calibration.svg")));
    }

    [Fact]
    public async Task FewStimuliThatAreToldApartHaveNoThreshold()
    {
        var lines = new List<string> { "stimulus,a,b,c,d" };
        for (var trial = 0; trial < 80; trial++)
        {
            lines.Add($"{trial % 4 * 90},{string.Join(',', Enumerable.Range(0, 4).Select(neuron => neuron == trial % 4 ? 2 + trial % 3 : trial % 2))}");
        }

        File.WriteAllLines(_folder["a.csv"], lines);
        await CommandLine.RunJson("train", _folder["a.csv"], "--stimuli", "stimulus", "--loss", "classes", "--classes", "4", "--epochs", "60", "--hidden", "8", "--out", _folder["run"]);

        var (code, output, _) = await CommandLine.Run("evaluate", _folder["run"], "--figures");

        Assert.Equal(ExitCode.Success, code);
        Assert.DoesNotContain("threshold", output);
        Assert.False(File.Exists(Path.Combine(_folder["run"], "figures", "discrimination.svg")));
        Assert.True(File.Exists(Path.Combine(_folder["run"], "figures", "confusion.svg")));
    }

    [Fact]
    public async Task OtherRecordingsHaveFiguresInAFolderOfTheirOwn()
    {
        await CommandLine.RunJson("data", "simulate", "--neurons", "16", "--trials", "150", "--out", _folder["a.npz"]);
        await CommandLine.Train(_folder["run"], "--loss circular --epochs 5");

        var (code, _, error) = await CommandLine.Run("evaluate", _folder["run"], "--data", _folder["a.npz"], "--figures");
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("name another folder", error);

        var other = _folder["other"];
        (code, var output, _) = await CommandLine.Run("evaluate", _folder["run"], "--data", _folder["a.npz"], "--figures", other);
        Assert.Equal(ExitCode.Success, code);
        Assert.EndsWith($"run         {other}\nreport      decoder report {other}\n", output.ReplaceLineEndings("\n"));
        Assert.Equal(["figures", "evaluated-run.json", "predictions.csv", "result.json"], NamesIn(other));
        Assert.Equal(["decoded.svg", "discrimination.svg", "error.svg", "evaluation.json"], NamesIn(Path.Combine(other, "figures")));
        var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(other, "result.json"))).RootElement;
        Assert.Equal(File.ReadLines(Path.Combine(other, "predictions.csv")).Count() - 1, result.GetProperty("data").GetProperty("stimuli").GetInt32());
        Assert.Equal(other, result.GetProperty("run").GetString());

        (code, output, error) = await CommandLine.Run("evaluate", _folder["run"], "--data", _folder["a.npz"], "--figures", other);
        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains("earlier 'decoder evaluate'", error);
        Assert.Contains("--png needs --figures", (await CommandLine.Run("evaluate", _folder["run"], "--png")).Error);
    }

    [Fact]
    public async Task TheTestSetMayHaveAFolderOfItsOwnWhosePredictionsAreThoseOfTheRun()
    {
        await CommandLine.Train(_folder["run"], "--loss classes --classes 4 --epochs 5");

        var printed = await CommandLine.RunJson("evaluate", _folder["run"], "--figures", _folder["own"]);

        Assert.Equal(File.ReadAllText(Path.Combine(_folder["run"], "predictions.csv")), File.ReadAllText(Path.Combine(_folder["own"], "predictions.csv")));
        Assert.Equal(_folder["own"], printed.GetProperty("run").GetString());
        Assert.True(File.Exists(Path.Combine(_folder["own"], "figures", "confusion.svg")));
        Assert.False(File.Exists(Path.Combine(_folder["run"], "figures", "confusion.svg")));
    }

    private static IEnumerable<string> NamesIn(string folder) =>
        [.. Directory.GetDirectories(folder).Concat(Directory.GetFiles(folder).Order(StringComparer.Ordinal)).Select(path => Path.GetFileName(path)!)];
}
