using System.Text.Json;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

public sealed class EncodeCommandTests : IDisposable
{
    private static readonly string[] Small = ["encode", "--neurons", "80", "--trials", "1500"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("image", new[] { "filters.svg", "loss.svg", "tuning.svg" })]
    [InlineData("angle", new[] { "loss.svg", "tuning.svg" })]
    public async Task AnEncoderPredictsHeldOutTrialsBetterThanTheirMean(string input, string[] figures)
    {
        var run = _folder["run"];
        var result = await CommandLine.RunJson([.. Small, "--from", input, "--epochs", "60", "--out", run]);

        double Value(string name) => result.GetProperty(name).GetDouble();
        Assert.True(Value("trainMse") < 0.5 * Value("untrainedMse"), $"{result}");
        Assert.True(Value("testMse") < 0.9 * Value("constantMse"), $"{result}");
        Assert.InRange(Value("medianCorrelation"), 0.3, 1);
        Assert.Equal(80, result.GetProperty("neurons").GetInt32());
        Assert.True(result.GetProperty("simulated").GetBoolean());
        Assert.Equal(figures, Directory.GetFiles(Path.Combine(run, "figures")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(figures, figure => Assert.Contains("simulated data", File.ReadAllText(Path.Combine(run, "figures", figure))));
        Assert.True(JsonElement.DeepEquals(result, JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "result.json"))).RootElement));
        Assert.True(File.Exists(Path.Combine(run, "model.safetensors")));
    }

    [Fact]
    public async Task TheSameSeedGivesTheSameEncoder()
    {
        foreach (var (name, seed) in ((string, string)[])[("a", "4"), ("b", "4"), ("c", "5")])
        {
            var (code, output, error) = await CommandLine.Run([.. Small, "--epochs", "3", "--activation", "relu", "--seed", seed, "--out", _folder[name]]);
            Assert.True(code == ExitCode.Success, error);
            Assert.Contains("held out", output);
        }

        byte[] Model(string name) => File.ReadAllBytes(Path.Combine(_folder[name], "model.safetensors"));
        Assert.Equal(Model("a"), Model("b"));
        Assert.NotEqual(Model("a"), Model("c"));
    }

    [Theory]
    [InlineData("--epochs 0", "--epochs is 0; it must be at least 1")]
    [InlineData("--learning-rate -1", "--learning-rate is -1; it must be positive and finite")]
    [InlineData("--learning-rate nan", "--learning-rate is NaN")]
    [InlineData("--from sound", "sound")]
    [InlineData("missing.npz", "missing.npz: there is no such file")]
    [InlineData("a.npz b.npz", "2 recordings are given; 'decoder encode' takes one")]
    [InlineData("--neurons 3 --trials 40 --bin-width 400", "The bin width is 400")]
    [InlineData("--neurons 3 --trials 40 --learning-rate 1e30 --epochs 50", "the learning rate 1E+30 is too large")]
    [InlineData("--neurons 3 --trials 10 --bin-width 0.001", "none can be held out; choose a larger --bin-width")]
    public async Task WhatIsNotPossibleIsRefusedBeforeAFolderIsMade(string options, string message)
    {
        var (code, output, error) = await CommandLine.Run(["encode", .. options.Split(' '), "--out", _folder["run"]]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(message, error);
        Assert.Empty(_folder.Names);
    }
}
