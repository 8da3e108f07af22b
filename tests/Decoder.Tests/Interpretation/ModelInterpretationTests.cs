using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Interpretation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Tests.Training;
using Decoder.Training;

namespace Decoder.Tests.Interpretation;

public sealed class ModelInterpretationTests
{
    [Theory]
    [InlineData("Mse", 360)]
    [InlineData("Circular", 360)]
    [InlineData("Circular", 180)]
    [InlineData("VonMises", 180)]
    [InlineData("Classes", 360)]
    public void TheGradientOfTheAngleIsThatOfFiniteDifferences(string loss, int period)
    {
        const int Neurons = 7;
        var options = new ModelOptions { Hidden = [9, 5], Activation = Activation.Tanh, Loss = Enum.Parse<LossKind>(loss), Period = period, Classes = 6, Normalization = Normalization.ZScore };
        var recording = SmallRuns.Recording(30, Neurons);
        int[] rows = [.. Enumerable.Range(0, 30)];
        var objective = Objective.Create(options, recording.Stimuli);
        var network = DecoderNetwork.Create(Neurons, options, objective.OutputCount, new Generator(4), Device.Cpu);
        var preprocessing = PreprocessingPipeline.Fit(options.Preprocessing, recording, rows);
        var model = new DecoderModel(network, objective, preprocessing, Neurons, Device.Cpu);
        var before = network.Parameters.Select(parameter => parameter.Gradient).ToArray();

        var gradients = new float[30][];
        model.DifferentiateAngle(recording, rows, (row, gradient) => gradients[row] = gradient.ToArray());

        // The same network in double precision, whose differences are exact enough.
        var exact = Double(network);
        var responses = recording.Select(rows).Responses;
        preprocessing.Apply(responses);
        foreach (var row in (int[])[0, 11, 29])
        {
            for (var neuron = 0; neuron < Neurons; neuron++)
            {
                double Angle(double step)
                {
                    var input = Array.ConvertAll(responses[(row * Neurons)..((row + 1) * Neurons)], value => (double)value);
                    input[neuron] += step;
                    var output = Tensor.Create(input, [1, Neurons], Device.Cpu);
                    foreach (var layer in exact)
                    {
                        output = layer(output);
                    }

                    return AngleOf(output.ToArray(), loss, period);
                }

                const double Step = 1e-5;
                var expected = CircularError.Signed(Angle(Step), Angle(-Step), period) / (2 * Step);
                Assert.Equal(expected, gradients[row][neuron], 1e-3 * Math.Max(1, Math.Abs(expected)));
            }
        }

        Assert.Contains(gradients[0], gradient => Math.Abs(gradient) > 1e-3);
        Assert.Equal(before, network.Parameters.Select(parameter => parameter.Gradient));
    }

    [Theory]
    [InlineData("Mse")]
    [InlineData("Circular")]
    [InlineData("VonMises")]
    [InlineData("Classes")]
    public void TheAngleOfAnEnsembleIsThatOfItsCombinedOutputs(string loss)
    {
        var options = new ModelOptions { Hidden = [6], Ensemble = 3, Activation = Activation.Tanh, Loss = Enum.Parse<LossKind>(loss), Classes = 4 };
        var recording = SmallRuns.Recording(12, 5);
        int[] rows = [.. Enumerable.Range(0, 12)];
        var objective = Objective.Create(options, recording.Stimuli);
        var network = DecoderNetwork.Create(5, options, objective.OutputCount, new Generator(2), Device.Cpu);
        var model = new DecoderModel(network, objective, PreprocessingPipeline.Fit(options.Preprocessing, recording, rows), 5, Device.Cpu);

        // Of classes the most probable one is decoded, so there the mean direction is recomputed from the combined scores.
        var outputs = network.Forward(Tensor.Create(recording.Responses, [12, 5], Device.Cpu));
        var angles = objective.Angle(outputs).ToArray();
        for (var row = 0; row < 12; row++)
        {
            var ofRow = outputs.ToArray().Where((_, i) => i / objective.OutputCount % 12 == row).ToArray();
            var combined = new float[objective.OutputCount];
            objective.Combine(ofRow, combined);
            var expected = AngleOf(Array.ConvertAll(combined, value => (double)value), loss, 360);
            Assert.Equal(0, CircularError.Signed(angles[row], expected, 360), 1e-3);
        }

        // And the whole path works for ensembles: units of all networks, weights as one matrix.
        Assert.Equal([18], model.HiddenUnits);
        Assert.Equal([(18, 5), (objective.OutputCount, 18)], model.OuterLayers.Select(layer => (layer.Outputs, layer.Inputs)));
        var interpretation = ModelInterpretation.Compute(model, recording, new(rows[..8], rows[8..]), new InterpretationOptions(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(18, interpretation.Hidden[0].PreferredDegrees.Length);
        Assert.All(interpretation.Saliency, saliency => Assert.True(double.IsFinite(saliency)));
    }

    [Fact]
    public void ATrainedDecoderIsPulledTowardsWhatNeuronsPrefer()
    {
        var recording = SmallRuns.Recording(120, 24);
        var split = DataSplit.Shuffled(120, 0.4, seed: 1);
        var trainer = new Trainer(
            recording, split, new ModelOptions { Hidden = [20], Activation = Activation.Tanh, Loss = LossKind.Circular }, new TrainingOptions { Epochs = 200, LearningRate = 1e-2 }, Device.Default);
        trainer.Train(_ => { }, new SmallRuns.Silent(), () => { });

        var interpretation = ModelInterpretation.Compute(trainer.Model, recording, split, new InterpretationOptions { NeuronGroups = 8 }, cancellation: TestContext.Current.CancellationToken);

        // The recording's neuron i prefers i / 24 of the circle.
        Assert.All(interpretation.PreferredDegrees.Select((angle, i) => CircularError.Absolute(angle, 360.0 * i / 24, 360)), error => Assert.True(error < 15, $"{error}"));
        Assert.Equal(8, interpretation.Neurons.Count);
        Assert.Equal((interpretation.Bins.Count, 8), (interpretation.SaliencyMap.GetLength(0), interpretation.SaliencyMap.GetLength(1)));
        var profile = interpretation.Bins.Centers.Zip(interpretation.SaliencyProfile).Where(point => double.IsFinite(point.Second)).ToArray();
        Assert.True(profile.Where(point => point.First is > 15 and < 120).Average(point => point.Second) > 0);
        Assert.True(profile.Where(point => point.First is > 240 and < 345).Average(point => point.Second) < 0);
        Assert.True(interpretation.Hidden[0].DissimilarityCorrelation > 0.5);
        Assert.Equal(interpretation.Hidden[0].ExplainedVariance.OrderDescending(), interpretation.Hidden[0].ExplainedVariance);
        Assert.InRange(interpretation.Hidden[0].ExplainedVariance.Sum(), 0.5, 1.0001);
    }

    [Fact]
    public void HiddenActivityIsThatOfTheLayersBehindTheirNonlinearity()
    {
        var options = new ModelOptions { Hidden = [4, 3], Activation = Activation.Relu, Loss = LossKind.Circular, Dropout = 0.5, InputDropout = 0.5 };
        var recording = SmallRuns.Recording(10, 5);
        var network = DecoderNetwork.Create(5, options, 2, new Generator(4), Device.Cpu);
        var model = new DecoderModel(network, new CircularObjective(360), PreprocessingPipeline.Fit(options.Preprocessing, recording, [0, 1]), 5, Device.Cpu);
        var layers = model.OuterLayers;

        model.Observe(recording, [7], (_, responses, hidden) =>
        {
            Assert.Equal(recording.Row(7).ToArray(), responses.ToArray());
            Assert.Equal([4, 3], hidden.Select(layer => layer.Length));
            var bias = network.NamedParameters.Single(pair => pair.Key == "hidden1.bias").Value.ToArray();
            for (var unit = 0; unit < 4; unit++)
            {
                var sum = bias[unit] + Enumerable.Range(0, 5).Sum(i => layers[0].Values[unit * 5 + i] * recording.Row(7)[i]);
                Assert.Equal(Math.Max(0, sum), hidden[0].Span[unit], 5);
            }
        });
        Assert.Equal([4, 3], model.HiddenUnits);
        Assert.Equal([(4, 5), (2, 3)], layers.Select(layer => (layer.Outputs, layer.Inputs)));
    }

    private static double AngleOf(double[] output, string loss, double period)
    {
        if (loss == "Mse")
        {
            return output[0];
        }

        if (loss is "Circular" or "VonMises")
        {
            var (sine, cosine) = loss == "Circular" ? (output[0], output[1]) : (output[1], output[0]);
            return Math.Atan2(sine, cosine) / Math.Tau * period;
        }

        var weights = Array.ConvertAll(output, Math.Exp);
        double Mean(Func<double, double> of) => weights.Select((weight, i) => weight * of(Math.Tau * (i + 0.5) / weights.Length)).Sum();
        return Math.Atan2(Mean(Math.Sin), Mean(Math.Cos)) / Math.Tau * period;
    }

    private static List<Func<Tensor<double>, Tensor<double>>> Double(Sequential<float> network)
    {
        var layers = new List<Func<Tensor<double>, Tensor<double>>>();
        foreach (var module in network)
        {
            if (module is Linear<float> linear)
            {
                var weight = Tensor.Create(Array.ConvertAll(linear.Weight.ToArray(), value => (double)value), linear.Weight.Shape, Device.Cpu);
                var bias = Tensor.Create(Array.ConvertAll(linear.Bias!.ToArray(), value => (double)value), linear.Bias.Shape, Device.Cpu);
                layers.Add(x => x.MatMul(weight.Transpose()) + bias);
            }
            else
            {
                Assert.IsType<Tanh<float>>(module);
                layers.Add(x => x.Tanh());
            }
        }

        return layers;
    }
}
