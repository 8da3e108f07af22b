using System.Text.Json;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class InterpretCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--loss circular --period 180", "saliency sorted-responses input-weights output-weights hidden-tuning hidden-components dissimilarity-population dissimilarity-hidden saliency-profile")]
    [InlineData("--loss classes --hidden 5,4", "hidden-tuning-1 hidden-tuning-2 hidden-components-2 dissimilarity-hidden-2")]
    [InlineData("--loss mse --hidden none", "saliency sorted-responses input-weights dissimilarity-population")]
    [InlineData("--loss circular --hidden 1", "saliency hidden-tuning output-weights")]
    public async Task DrawsWhatTheModelHasLearnedWithTheValues(string options, string expected)
    {
        var run = _folder["run"];
        await CommandLine.RunJson(["train", "--neurons", "16", "--trials", "400", "--epochs", "10", .. options.Split(' '), "--out", run]);

        var result = await CommandLine.RunJson("interpret", run);

        Assert.All(expected.Split(' '), name =>
        {
            Assert.Contains("simulated", File.ReadAllText(Path.Combine(run, "figures", name + ".svg")));
            Assert.True(File.ReadAllLines(Path.Combine(run, "figures", name + ".csv")).Length > 1);
            Assert.Contains(result.GetProperty("figures").EnumerateArray(), figure => Path.GetFileNameWithoutExtension(figure.GetString()) == name);
        });
        Assert.Equal(16, File.ReadAllLines(Path.Combine(run, "neurons.csv")).Length - 1);
        Assert.Equal(options.Contains("none", StringComparison.Ordinal), !File.Exists(Path.Combine(run, "figures", "output-weights.svg")));
        Assert.True(JsonElement.DeepEquals(result, JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "interpretation.json"))).RootElement));

        var salient = result.GetProperty("mostSalient").EnumerateArray().Select(neuron => neuron.GetProperty("saliency").GetDouble()).ToArray();
        Assert.Equal(salient.OrderDescending(), salient);
        Assert.InRange(result.GetProperty("neuronsOfHalfTheSaliency").GetInt32(), 1, 8);
    }

    [Fact]
    public async Task NeuronsOfASubsetKeepTheirNumbers()
    {
        await CommandLine.RunJson("data", "simulate", "--neurons", "20", "--trials", "300", "--out", _folder["a.npz"]);
        await CommandLine.RunJson("train", _folder["a.npz"], "--neurons", "7,12-14,19", "--epochs", "3", "--loss", "circular", "--hidden", "3", "--out", _folder["run"]);

        var (code, output, error) = await CommandLine.Run("interpret", _folder["run"], "--png");

        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("neurons     5, of which", output);
        Assert.Equal(["7", "12", "13", "14", "19"], File.ReadLines(Path.Combine(_folder["run"], "neurons.csv")).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public async Task AFewStimuliMakeCoarseMaps()
    {
        var lines = new List<string> { "stimulus,a,b,c" };
        for (var trial = 0; trial < 120; trial++)
        {
            var angle = trial % 8 * 45;
            lines.Add(FormattableString.Invariant($"{angle},{Math.Cos(angle * Math.PI / 180):F3},{Math.Sin(angle * Math.PI / 180):F3},{trial * 37 % 11}"));
        }

        File.WriteAllLines(_folder["a.csv"], lines);
        await CommandLine.RunJson("train", _folder["a.csv"], "--stimuli", "stimulus", "--epochs", "5", "--loss", "circular", "--hidden", "3", "--out", _folder["run"]);

        await CommandLine.RunJson("interpret", _folder["run"]);

        Assert.Equal(8, File.ReadAllLines(Path.Combine(_folder["run"], "figures", "dissimilarity-population.csv")).Length - 1);
        Assert.All(
            File.ReadLines(Path.Combine(_folder["run"], "neurons.csv")).Skip(1), line => Assert.Equal(0, int.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture) % 45));
    }

    [Fact]
    public async Task RefusesRunsThatHaveNoModel()
    {
        await CommandLine.Train(_folder["folds"], "--folds 2 --epochs 2");

        var (code, output, error) = await CommandLine.Run("interpret", _folder["folds"]);
        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains("is a cross-validation of 2 folds", error);
        Assert.Contains("has no run: there is no config.json in it", (await CommandLine.Run("interpret", _folder["none"])).Error);
    }
}
