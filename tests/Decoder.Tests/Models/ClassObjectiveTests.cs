using Autodiff;
using Autodiff.Kernels;
using Decoder.Models;

namespace Decoder.Tests.Models;

public sealed class ClassObjectiveTests
{
    [Fact]
    public void AClassStandsForItsMiddleWhateverOfItIsInTheTrainingSet()
    {
        var objective = ClassObjective.Fit(Options(20), [0, 1, 5, 20, 21, 340, 359]);

        Assert.Equal([9, 27, 45, 333, 351], new[] { 0, 1, 2, 18, 19 }.Select(index => Decoded(objective, index)));
    }

    [Fact]
    public void WhereEachClassHasASingleStimulusItStandsForThat()
    {
        var objective = ClassObjective.Fit(Options(4) with { Period = 180 }, [0, 45, 90, 180, 225, 270]);

        Assert.Equal([0, 45, 90, 157.5f], Enumerable.Range(0, 4).Select(index => Decoded(objective, index)));
    }

    [Theory]
    [InlineData(18, 0, 1)]
    [InlineData(0, 19, 0)]
    [InlineData(360, 19, 0)]
    public void AStimulusOnABoundaryIsSpreadEvenlyOverBothSides(float stimulus, int before, int after)
    {
        var targets = ClassObjective.Fit(Options(20) with { LabelWidth = 6 }, [0, 1, 20, 21]).CreateTargets([stimulus], Device.Cpu);

        Assert.Equal(targets.Loss(Scores(before)).Item(), targets.Loss(Scores(after)).Item(), 1e-5f);
        Assert.True(targets.Loss(Scores(before)).Item() < targets.Loss(Scores((after + 5) % 20)).Item());
    }

    [Fact]
    public void WithoutSpreadingAStimulusBelongsToOneClass()
    {
        var targets = ClassObjective.Fit(Options(20), [0, 1]).CreateTargets([17.9f], Device.Cpu);

        Assert.Equal(Math.Log(19 + Math.E) - 1, targets.Loss(Scores(0)).Item(), 1e-5);
        Assert.Equal(Math.Log(19 + Math.E), targets.Loss(Scores(1)).Item(), 1e-5);
    }

    [Fact]
    public void ANarrowSpreadIsTheClassItself()
    {
        var targets = ClassObjective.Fit(Options(20) with { LabelWidth = 1e-3 }, [0, 1]).CreateTargets([4], Device.Cpu);

        Assert.Equal(Math.Log(19 + Math.E) - 1, targets.Loss(Scores(0)).Item(), 1e-5);
    }

    private static ModelOptions Options(int classes) => new() { Loss = LossKind.Classes, Classes = classes };

    private static float Decoded(ClassObjective objective, int index)
    {
        var output = new float[objective.OutputCount];
        output[index] = 1;
        return objective.Decode(0, output, 0).Decoded;
    }

    private static Tensor<float> Scores(int index)
    {
        var scores = new float[20];
        scores[index] = 1;
        return Tensor.Create(scores, [1, 20], Device.Cpu);
    }
}
