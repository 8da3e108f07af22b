using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Tests.Training;

public sealed class RunFolderTests : IDisposable
{
    private static readonly EpochRecord[] Epochs =
    [
        new(1, 0.5, 0.1), new(2, 0.25, 0.2, Fold: 3), new(3, 1e-9, 0.3, ValidationLoss: 0.1), new(4, 12345.678, 0.4, 1, 0.2, 0.3), new(5, 1 / 3.0, 0.5, TestLoss: 2),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EpochsComeBackWhateverIsKnownOfThem()
    {
        var folder = Create();

        folder.WriteMetrics(Epochs);

        Assert.Equal(Epochs, folder.ReadMetrics());
        Assert.DoesNotContain("null", File.ReadAllText(folder.Metrics));
    }

    [Fact]
    public void FoldsComeBackWithAndWithoutClasses()
    {
        FoldRecord[] folds = [new(1, 10, 0.5, new(1, 2, 3, 0.9), 1e-3, 100), new(2, 9, 0.25, new(1, 2, 3, -4, 0.8, 0.7), 1e-3, 100)];
        var folder = Create();

        folder.WriteFolds(folds);

        Assert.Equal(folds, folder.ReadFolds());
    }

    [Fact]
    public void TheConfigurationComesBack()
    {
        var folder = SmallRuns.Create(
            _folder["run"],
            new() { Hidden = [3, 2], Activation = Activation.Tanh, Loss = LossKind.Classes, Period = 180, Classes = 7, LabelWidth = 2.5, Dropout = 0.1, Normalization = Normalization.ZScore },
            new() { Optimizer = OptimizerKind.Sgd, BatchSize = 8, EarlyStopping = 3, L1 = 0.1, Seed = ulong.MaxValue });
        var written = File.ReadAllText(Path.Combine(folder.Root, "config.json"));

        var again = RunFolder.Create(_folder["again"], folder.ReadConfiguration());

        Assert.Equal(written, File.ReadAllText(Path.Combine(again.Root, "config.json")));
        Assert.Equal([3, 2], again.ReadConfiguration().Model.Hidden);
        Assert.Equal(ulong.MaxValue, again.ReadConfiguration().Training.Seed);
    }

    [Fact]
    public void ALastLineThatWasCutOffIsLeftOut()
    {
        var folder = Create();
        folder.WriteMetrics(Epochs);
        var text = File.ReadAllText(folder.Metrics);

        for (var cut = 1; cut < RunFolder.Line(Epochs[^1]).Length; cut += 5)
        {
            File.WriteAllText(folder.Metrics, text[..^cut]);
            Assert.Equal(Epochs[..^1], folder.ReadMetrics());
        }
    }

    [Theory]
    [InlineData("{\"epoch\":2,\"trai")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"epoch\":2,\"seconds\":1}")]
    [InlineData("{\"epoch\":2,\"trainLoss\":1,\"seconds\":1,\"color\":1}")]
    [InlineData("{\"epoch\":\"two\",\"trainLoss\":1,\"seconds\":1}")]
    public void AnyOtherDamageIsRefusedWithItsLine(string line)
    {
        var folder = Create();
        File.WriteAllText(folder.Metrics, $"{RunFolder.Line(Epochs[0])}\n{line}\n{RunFolder.Line(Epochs[2])}\n");

        var error = Assert.Throws<InvalidInputException>(folder.ReadMetrics);

        Assert.Contains($"{folder.Metrics}, line 2 is damaged", error.Message);
    }

    [Fact]
    public void AnEditedConfigurationIsRefused()
    {
        var folder = Create();
        var path = Path.Combine(folder.Root, "config.json");
        var text = File.ReadAllText(path);

        File.WriteAllText(path, text.Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal));
        Assert.Contains("has format 99; this program reads format 1", Assert.Throws<InvalidInputException>(folder.ReadConfiguration).Message);

        File.WriteAllText(path, text.Replace("\"learningRate\"", "\"learningrate\"", StringComparison.Ordinal));
        Assert.Contains("learningrate", Assert.Throws<InvalidInputException>(folder.ReadConfiguration).Message);
    }

    private RunFolder Create() => SmallRuns.Create(_folder["run"], new() { Hidden = [2] }, new() { Epochs = 1 });
}
