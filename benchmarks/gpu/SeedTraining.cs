using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Autodiff;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>Training of the tutorial's network on this library, as its users write it: a full batch per step, mean squared error, Adam.</summary>
/// <typeparam name="T">The type of the numbers; they are the same for float and double.</typeparam>
public sealed class SeedTraining<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tensor<T> _responses;
    private readonly Tensor<T> _stimuli;
    private readonly Adam<T> _optimizer;

    /// <summary>Puts data and initial weights on a device.</summary>
    public SeedTraining(RegressionWorkload workload, Device device)
    {
        var generator = new Generator(seed: 0);
        var hidden = new Linear<T>(workload.Features, workload.Hidden, generator, device: device);
        var output = new Linear<T>(workload.Hidden, 1, generator, device: device);
        hidden.Weight.Assign(ToTensor(workload.HiddenWeight, hidden.Weight.Shape, device));
        hidden.Bias!.Assign(ToTensor(workload.HiddenBias, hidden.Bias.Shape, device));
        output.Weight.Assign(ToTensor(workload.OutputWeight, output.Weight.Shape, device));
        output.Bias!.Assign(ToTensor(workload.OutputBias, output.Bias.Shape, device));
        _responses = ToTensor(workload.Responses, [workload.Samples, workload.Features], device);
        _stimuli = ToTensor(workload.Stimuli, [workload.Samples, 1], device);
        Network = [hidden, new Relu<T>(), output];
        _optimizer = new Adam<T>(Network.Parameters, RegressionWorkload.LearningRate);
    }

    /// <summary>The network.</summary>
    public Sequential<T> Network { get; }

    /// <summary>One step, as it is written.</summary>
    public void Step()
    {
        using var tape = new Tape();
        Step(tape);
    }

    /// <summary>One step.</summary>
    /// <returns>The loss before it.</returns>
    public double StepAndLoss()
    {
        using var tape = new Tape();
        return double.CreateChecked(Step(tape).Item());
    }

    /// <summary>Makes one step, and captures it.</summary>
    /// <returns>What makes another one.</returns>
    public Action Capture()
    {
        CapturedStep<T> captured = Autodiff.Step.Capture(Step);
        return () => captured.Run();
    }

    /// <summary>The losses before some steps that are captured.</summary>
    public double[] CapturedLosses(int steps)
    {
        using CapturedStep<T> captured = Autodiff.Step.Capture(Step);
        var losses = new double[steps];
        for (var i = 0; i < steps; i++)
        {
            losses[i] = double.CreateChecked((i == 0 ? captured.Result : captured.Run()).Item());
        }

        return losses;
    }

    /// <summary>The loss, and the gradients of all parameters one after the other.</summary>
    public (double Loss, double[] Gradients) Differentiate()
    {
        using var tape = new Tape();
        _optimizer.ZeroGradient();
        var loss = Loss.MeanSquaredError(Network.Forward(_responses), _stimuli);
        tape.Backward(loss);
        return (double.CreateChecked(loss.Item()), [.. Network.Parameters.SelectMany(parameter => ToDoubles(parameter.Gradient!))]);
    }

    /// <summary>All parameters one after the other.</summary>
    public double[] Parameters() => [.. Network.Parameters.SelectMany(ToDoubles)];

    private Tensor<T> Step(Tape tape)
    {
        _optimizer.ZeroGradient();
        var loss = Loss.MeanSquaredError(Network.Forward(_responses), _stimuli);
        tape.Backward(loss);
        _optimizer.Step();
        return loss;
    }

    private static double[] ToDoubles(Tensor<T> tensor) => Array.ConvertAll(tensor.ToArray(), double.CreateChecked);

    private static Tensor<T> ToTensor(float[] values, Shape shape, Device device) =>
        values is T[] own ? Tensor.Create(own, shape, device) : Tensor.Create(Array.ConvertAll(values, T.CreateChecked), shape, device);
}

/// <summary>The numbers of the training for PyTorch's process.</summary>
public static class SeedTrainingFiles
{
    /// <summary>Writes them into a folder.</summary>
    /// <returns>What peer.py needs to know of them.</returns>
    public static JsonObject Write(RegressionWorkload workload, string folder)
    {
        foreach (var (name, values) in new[]
        {
            ("responses", workload.Responses), ("stimuli", workload.Stimuli), ("hidden-weight", workload.HiddenWeight),
            ("hidden-bias", workload.HiddenBias), ("output-weight", workload.OutputWeight), ("output-bias", workload.OutputBias),
        })
        {
            File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes<float>(values));
        }

        JsonObject arguments = new()
        {
            ["folder"] = folder,
            ["samples"] = workload.Samples,
            ["features"] = workload.Features,
            ["hidden"] = workload.Hidden,
            ["learningRate"] = RegressionWorkload.LearningRate,
        };
        File.WriteAllText(Path.Combine(folder, "training.json"), arguments.ToJsonString());
        return arguments;
    }
}
