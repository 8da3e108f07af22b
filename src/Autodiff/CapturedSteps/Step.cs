using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Captures a training step once, to run it again with new inputs and without the cost of its host code (PyTorch: <c>torch.cuda.CUDAGraph</c>).</summary>
/// <remarks>
/// <code>
/// using var step = Step.Capture(responses, stimuli, (tape, x, y) =>
/// {
///     Tensor&lt;float&gt; loss = Loss.MeanSquaredError(network.Forward(x), y);
///     optimizer.ZeroGradient();
///     tape.Backward(loss);
///     optimizer.Step();
///     return loss;
/// });                                                     // the first step is made here
///
/// foreach ((float[] x, float[] y) in batches)
///     Console.WriteLine(step.Run(x, y).Item());           // one more step each
/// </code>
/// <para>The captured function runs once, as the first step. Of that, the kernel calls are kept, with the memory that they work on; <see cref="CapturedStep{T}.Run()"/>
/// makes them again. Results are the same as those of ordinary steps; where calls were fused, up to rounding.</para>
/// <para>What changes from step to step goes on changing: optimizers count their steps and ask their groups for learning rates, schedules that step within go on,
/// generators (dropout) draw new numbers. All other host code, such as an <c>if</c> or a counter, is as it was at the capture: the function
/// should do the same for all inputs of a shape. It may not read values back (<see cref="Tensor{T}.Item"/>) nor make tensors from host
/// memory, and must zero gradients before it computes them, unless they are to add up.</para>
/// </remarks>
public static class Step
{
    /// <summary>Captures a step whose inputs never change, as one on a whole data set. They are not copied.</summary>
    /// <param name="function">The step; its tape is current, for <see cref="Tape.Backward{T}"/>. What it returns is the <see cref="CapturedStep{T}.Result"/>.</param>
    /// <exception cref="InvalidOperationException">The function does what a replay could not repeat; the message says what. The memory went back.</exception>
    public static CapturedStep<T> Capture<T>(Func<Tape, Tensor<T>> function)
        where T : unmanaged, IFloatingPointIeee754<T> => Captured<T>(_ => [], (tape, _) => function(tape));

    /// <summary>Captures a step with one input, such as a prediction.</summary>
    /// <param name="input">The input of the first step; later ones must be of its shape and on its device.</param>
    /// <param name="function">The step: of its tape and its input.</param>
    /// <inheritdoc cref="Capture{T}(Func{Tape, Tensor{T}})"/>
    public static CapturedStep<T> Capture<T>(Tensor<T> input, Func<Tape, Tensor<T>, Tensor<T>> function)
        where T : unmanaged, IFloatingPointIeee754<T> => Captured<T>(recording => [new TensorInput<T>(input, recording)], (tape, inputs) => function(tape, In(inputs[0])));

    /// <summary>Captures a step with two inputs, such as responses and stimuli.</summary>
    /// <param name="first">The first input of the first step; later ones must be of its shape and on its device.</param>
    /// <param name="second">The second input, likewise.</param>
    /// <param name="function">The step: of its tape and its inputs.</param>
    /// <inheritdoc cref="Capture{T}(Func{Tape, Tensor{T}})"/>
    public static CapturedStep<T> Capture<T>(Tensor<T> first, Tensor<T> second, Func<Tape, Tensor<T>, Tensor<T>, Tensor<T>> function)
        where T : unmanaged, IFloatingPointIeee754<T> => Captured<T>(
            recording => [new TensorInput<T>(first, recording), new TensorInput<T>(second, recording)], (tape, inputs) => function(tape, In(inputs[0]), In(inputs[1])));

    /// <summary>Captures a step with a tensor and indices as inputs, such as responses and classes.</summary>
    /// <param name="first">The tensor of the first step; later ones must be of its shape and on its device.</param>
    /// <param name="indices">The indices, likewise; later ones must fit the axes that they are used for.</param>
    /// <param name="function">The step: of its tape and its inputs.</param>
    /// <inheritdoc cref="Capture{T}(Func{Tape, Tensor{T}})"/>
    public static CapturedStep<T> Capture<T>(Tensor<T> first, Indices indices, Func<Tape, Tensor<T>, Indices, Tensor<T>> function)
        where T : unmanaged, IFloatingPointIeee754<T> => Captured<T>(
            recording => [new TensorInput<T>(first, recording), new IndexInput<T>(indices, recording)],
            (tape, inputs) => function(tape, In(inputs[0]), ((IndexInput<T>)inputs[1]).Indices));

    /// <summary>Captures a step with any number of inputs.</summary>
    /// <param name="inputs">The inputs of the first step; later ones must be of their shapes and on their devices.</param>
    /// <param name="function">The step: of its tape and its inputs.</param>
    /// <inheritdoc cref="Capture{T}(Func{Tape, Tensor{T}})"/>
    public static CapturedStep<T> Capture<T>(ReadOnlySpan<Tensor<T>> inputs, Func<Tape, IReadOnlyList<Tensor<T>>, Tensor<T>> function)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tensor<T>[] given = inputs.ToArray();
        return Captured<T>(
            recording => [.. given.Select(input => new TensorInput<T>(input, recording))], (tape, own) => function(tape, [.. own.Select(In)]));
    }

    private static Tensor<T> In<T>(StaticInput<T> input)
        where T : unmanaged, IFloatingPointIeee754<T> => ((TensorInput<T>)input).Tensor;

    private static CapturedStep<T> Captured<T>(Func<Recording, StaticInput<T>[]> makeInputs, Func<Tape, StaticInput<T>[], Tensor<T>> function)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using StepCapture capture = new();
        Recording recording = capture.Recording;
        try
        {
            StaticInput<T>[] inputs;
            using (new Recorder.Scope(null, recording.Values))
            {
                inputs = makeInputs(recording);
            }

            using (recording.Recorder.Capture())
            {
                return new CapturedStep<T>(inputs, tape => function(tape, inputs), capture);
            }
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }
}
