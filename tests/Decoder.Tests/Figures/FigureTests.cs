using System.Xml.Linq;
using Decoder.Figures;
using Decoder.Recordings;
using Decoder.Simulation;
using OxyPlot;

namespace Decoder.Tests.Figures;

public sealed class FigureTests : IDisposable
{
    private static readonly Recording Simulated = PopulationSimulator.SimulateBinned(new SimulationOptions { Neurons = 120 });

    private static readonly Recording Small = new([1, 2, 3, 4, 5, 6, 0, 0], [0, 45, 90, 300], "test");

    private static readonly Dictionary<string, Func<PlotModel>> Figures = new()
    {
        ["responses"] = () => ResponseHeatMap.Create(Simulated),
        ["tuning"] = () => TuningCurveFigure.Create(Simulated),
        ["loss"] = () => LossFigure.Create([3, 2, 1], [(0, 4), (2, double.NaN)], isSimulated: true),
        ["decoded"] = () => DecodedFigure.Create([0, 90, 180], [5, 80, 190], 360, isSimulated: true),
        ["error"] = () => ErrorFigure.Create([0, 90, 170], [5, 80, 2], 180, isCircular: true, isSimulated: true),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Figures.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void SvgIsWellFormedSaysThatDataAreSimulatedAndIsTheSameEachTime(string name)
    {
        FigureFile.WriteSvg(Figures[name](), _folder["a.svg"]);
        FigureFile.WriteSvg(Figures[name](), _folder["b.svg"]);

        var svg = XDocument.Load(_folder["a.svg"]);
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.Contains("(simulated data)", svg.Root.Value);
        Assert.Equal(File.ReadAllBytes(_folder["a.svg"]), File.ReadAllBytes(_folder["b.svg"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PngIsWrittenWhereThereAreFonts(string name)
    {
        var written = FigureFile.WritePng(Figures[name](), _folder["a.png"]);

        // Without fonts nothing may be left behind, least of all an empty file.
        Assert.Equal(written ? ["a.png"] : [], _folder.Names);
        if (written)
        {
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(_folder["a.png"])[..4]);
        }
    }

    [Fact]
    public void RealDataAreNotCalledSimulated()
    {
        FigureFile.WriteSvg(ResponseHeatMap.Create(Small), _folder["a.svg"]);

        Assert.DoesNotContain("simulated", File.ReadAllText(_folder["a.svg"]));
    }

    [Fact]
    public void AFigureThatCannotBeDrawnIsAnErrorAndNotAFile()
    {
        var model = LossFigure.Create([1], [], isSimulated: false);
        model.Series.Add(new BrokenSeries());

        Assert.Throws<InvalidOperationException>(() => FigureFile.WriteSvg(model, _folder["a.svg"]));
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void HeatMapsShowAtMostTheNeuronsThereAre(int neurons)
    {
        var model = ResponseHeatMap.Create(Small, neurons);

        var data = ((OxyPlot.Series.HeatMapSeries)model.Series[0]).Data;
        Assert.Equal((4, Math.Min(neurons, 2)), (data.GetLength(0), data.GetLength(1)));
        Assert.Equal(3, data[1, 0]);
    }

    [Fact]
    public void TuningCurvesOfDifferentPreferencesAreChosen()
    {
        var preferred = new[] { 20f, 140, 260, 21 };
        var stimuli = Enumerable.Range(0, 72).Select(i => 5f * i).ToArray();
        var responses = stimuli
            .SelectMany(stimulus => preferred.Select((p, i) => (1 + 0.1f * i) * MathF.Cos((stimulus - p) * MathF.PI / 180))).ToArray();

        Assert.Equal([3, 1, 2], TuningCurveFigure.SelectNeurons(new Recording(responses, stimuli, "test")));
    }

    [Fact]
    public void RepeatedTrialsAreAveraged()
    {
        var model = TuningCurveFigure.Create(new Recording([1, 3, 10], [0, 360, 90], "test"), [0]);

        var points = ((OxyPlot.Series.LineSeries)model.Series[0]).Points;
        Assert.Equal([(0, 2), (90, 10)], points.Select(point => (point.X, point.Y)));
    }

    [Fact]
    public void ADecoderGoneAstrayIsStillDrawn()
    {
        FigureFile.WriteSvg(DecodedFigure.Create([0, 90], [1e9f, float.NaN], 360, isSimulated: false), _folder["a.svg"]);
        FigureFile.WriteSvg(ErrorFigure.Create([0, 90], [1e9f, float.NaN], 360, isCircular: false, isSimulated: false), _folder["b.svg"]);

        Assert.Equal(["a.svg", "b.svg"], _folder.Names);
    }

    /// <summary>Expected values: matplotlib.colormaps['pink'], which is rounded to 256 levels of its own.</summary>
    [Theory]
    [InlineData(0.0, 0, 0, 0)]
    [InlineData(0.25, 161, 104, 104)]
    [InlineData(0.5, 208, 171, 147)]
    [InlineData(1.0, 255, 255, 255)]
    public void PinkIsPink(double x, int red, int green, int blue)
    {
        var color = PinkPalette.Color(x);

        Assert.Equal(red, color.R, 4.0);
        Assert.Equal(green, color.G, 4.0);
        Assert.Equal(blue, color.B, 4.0);
    }

    private sealed class BrokenSeries : OxyPlot.Series.LineSeries
    {
        public override void Render(IRenderContext rc) => throw new NotSupportedException("broken on purpose");
    }
}
