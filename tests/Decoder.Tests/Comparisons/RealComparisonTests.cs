using System.Text.Json;
using Decoder.Tests.Commands;

namespace Decoder.Tests.Comparisons;

/// <summary>Our decoder beside the rivals on real recordings: nowhere worse than the interval allows.</summary>
public sealed class RealComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("stringer_v1_first100neurons_360bins_digitised.npz", 360)]
    [InlineData("stringer_v1_first100neurons_360bins_digitised.npz", 180)]
    public async Task OfPrintedAveragesEveryRivalIsBeaten(string name, int period)
    {
        var result = await Compare(name, period);

        foreach (var (rival, difference) in Differences(result, "meanDifference"))
        {
            Assert.True(difference.High < 0, $"{rival}: {difference}");
        }
    }

    [Theory]
    [InlineData("230803_mrcuts24_fov1.npz")]
    [InlineData("230804_mrcuts26_fov5.npz")]
    [InlineData("230809_mrcuts28_fov4.npz")]
    public async Task OfSingleTrialsNoRivalIsBetterThanTheIntervalAllows(string name)
    {
        var result = await Compare(Path.Combine("park2024", name), 180);

        foreach (var (rival, difference) in Differences(result, "meanDifference"))
        {
            Assert.True(difference.Low <= 0, $"{rival}: {difference}");
        }

        var shuffled = result.GetProperty("shuffled").GetProperty("meanAbsoluteErrorDegrees");
        Assert.InRange(45, shuffled.GetProperty("low").GetDouble() - 3, shuffled.GetProperty("high").GetDouble() + 3);
    }

    private Task<JsonElement> Compare(string name, int period) =>
        CommandLine.RunJson("compare", RealData.Require(name), "--period", $"{period}", "--folds", "5", "--out", _folder["run"]);

    private static IEnumerable<(string Rival, (double Low, double High) Difference)> Differences(JsonElement result, string kind) =>
        result.GetProperty("decoders").EnumerateArray().Skip(1).Select(decoder => (
            decoder.GetProperty("name").GetString()!,
            (decoder.GetProperty(kind).GetProperty("low").GetDouble(), decoder.GetProperty(kind).GetProperty("high").GetDouble())));
}
