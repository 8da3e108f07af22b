using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A training step (or any function of tensors) that was captured once and runs again without its host code: see <see cref="Step"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// It owns the memory of everything in between, of its inputs and of its result until it is disposed. Several steps may be alive at once, also on the same
/// parameters, and ordinary steps may come between runs. One step must not run on two threads at once, which is refused.
/// </remarks>
public sealed class CapturedStep<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Recording _recording;
    private readonly StaticInput<T>[] _inputs;
    private readonly ParameterTrace[] _parameters;
    private int _thread;
    private bool _disposed;

    internal CapturedStep(StaticInput<T>[] inputs, Func<Tape, Tensor<T>> function, StepCapture capture)
    {
        _recording = capture.Recording;
        _inputs = inputs;
        HashSet<Storage> results = new(ReferenceEqualityComparer.Instance);
        using (Tape tape = new(capture))
        {
            Tensor<T> result = function(tape) ?? throw new InvalidOperationException("Capture: the step returned null; return the loss, or another tensor that it computes.");
            Result = new Tensor<T>(_recording.Pin(result.View));
            results.Add(Result.Storage);
            _parameters = [.. capture.Parameters];
            try
            {
                foreach (ParameterTrace parameter in _parameters)
                {
                    parameter.Close(_recording, results);
                }
            }
            catch
            {
                WithdrawGradients();
                throw;
            }
        }

        _recording.Finish(results);
    }

    /// <summary>What the captured function returned, such as the loss: always the same tensor, with the values of the last run.</summary>
    /// <remarks>Copy it (<see cref="Tensor{T}.Item"/>, <see cref="Tensor{T}.ToArray"/>) if you need it after the next run.</remarks>
    public Tensor<T> Result { get; }

    /// <summary>The number of kernel calls of a run.</summary>
    public int KernelCalls => _recording.Commands.Count;

    /// <summary>Runs the step again on the inputs that it has.</summary>
    /// <returns><see cref="Result"/>.</returns>
    /// <exception cref="ObjectDisposedException">The step was disposed.</exception>
    /// <exception cref="InvalidOperationException">
    /// Something that the step was captured with has changed: a parameter was frozen, an optimizer got a group or another state, a tensor lost its memory. Or
    /// the step is running already, or another one is being captured. Nothing was computed.
    /// </exception>
    public Tensor<T> Run()
    {
        Enter();
        try
        {
            CheckUnchanged();
            return Replay();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs the step on new contents of its inputs, in the order in which they were given to <see cref="Step"/>.</summary>
    /// <inheritdoc cref="Run()"/>
    /// <exception cref="ArgumentException">The number of inputs, a shape, a type or a device is not that of the capture.</exception>
    public Tensor<T> Run(params ReadOnlySpan<Tensor<T>> inputs)
    {
        Enter();
        try
        {
            CheckCount(inputs.Length);
            for (int i = 0; i < inputs.Length; i++)
            {
                _inputs[i].Check(inputs[i], i);
            }

            CheckUnchanged();
            for (int i = 0; i < inputs.Length; i++)
            {
                _inputs[i].Set(inputs[i]);
            }

            return Replay();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs the step on new contents of its input.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor{T}})"/>
    public Tensor<T> Run(StepInput<T> input)
    {
        Enter();
        try
        {
            CheckCount(1);
            _inputs[0].Check(input, 0);
            CheckUnchanged();
            _inputs[0].Set(input);
            return Replay();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs the step on new contents of its two inputs: tensors, indices, arrays or spans, as <c>step.Run(pixels, classes)</c>.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor{T}})"/>
    public Tensor<T> Run(StepInput<T> first, StepInput<T> second)
    {
        Enter();
        try
        {
            CheckCount(2);
            _inputs[0].Check(first, 0);
            _inputs[1].Check(second, 1);
            CheckUnchanged();
            _inputs[0].Set(first);
            _inputs[1].Set(second);
            return Replay();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Gives the step's memory back. Gradients that it left in parameters go with it; parameters and optimizers keep what they learned.</summary>
    /// <exception cref="InvalidOperationException">The step is running on another thread.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        Enter();
        _disposed = true;
        WithdrawGradients();
        _recording.Dispose();
        Leave();
    }

    private void WithdrawGradients()
    {
        foreach (ParameterTrace parameter in _parameters)
        {
            parameter.Withdraw();
        }
    }

    private void CheckCount(int given)
    {
        if (given != _inputs.Length)
        {
            throw new ArgumentException($"Run: the step was captured with {_inputs.Length} inputs; {given} were given. Run() without any repeats the last ones.");
        }
    }

    private void CheckUnchanged()
    {
        StepCapture.Refuse("Run", "What the captured step does cannot become part of another one. Run it outside.");
        foreach (ParameterTrace parameter in _parameters)
        {
            parameter.Check();
        }

        foreach (StepSection section in _recording.Sections)
        {
            section.Check();
        }

        _recording.RefuseLostMemory();
    }

    private Tensor<T> Replay()
    {
        _recording.Replay();
        foreach (ParameterTrace parameter in _parameters)
        {
            parameter.Install();
        }

        return Result;
    }

    private void Enter()
    {
        int thread = Environment.CurrentManagedThreadId, holder = Interlocked.CompareExchange(ref _thread, thread, 0);
        if (holder != 0)
        {
            throw new InvalidOperationException($"CapturedStep: thread {holder} runs this step already, called from thread {thread}. Capture a step for each thread.");
        }

        if (_disposed)
        {
            Leave();
            throw new ObjectDisposedException(nameof(CapturedStep<>), "The captured step was disposed, and its memory with it. Capture it again.");
        }
    }

    private void Leave() => Volatile.Write(ref _thread, 0);
}
