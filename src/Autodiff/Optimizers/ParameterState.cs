using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>What an optimizer remembers about a parameter between steps.</summary>
public sealed class ParameterState<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tensor<T>[] _buffers;

    internal ParameterState(Parameter<T> parameter, int buffers)
    {
        Parameter = parameter;
        _buffers = new Tensor<T>[buffers];
        // Made once, also where a step is captured, whose replays must not start anew.
        using Recorder.Scope outside = Recorder.Suspend();
        for (int i = 0; i < buffers; i++)
        {
            // Not from the current tape: the state outlives it.
            Storage<T> storage = new(parameter.Device, parameter.Count);
            storage.ReturnWhenUnreachable();
            View<T> view = new(storage, new Layout(parameter.Shape));
            parameter.Device.Fill(view, T.Zero);
            _buffers[i] = new Tensor<T>(view);
        }
    }

    /// <summary>The parameter.</summary>
    public Parameter<T> Parameter { get; }

    /// <summary>How many steps have updated the parameter.</summary>
    public int Step { get; internal set; }

    /// <summary>
    /// The running quantities, of the parameter's shape and zero before the first step, in the order of
    /// <see cref="Optimizer{T}.BufferNames"/>; updated in place.
    /// </summary>
    public ReadOnlySpan<Tensor<T>> Buffers => _buffers;
}
