using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The parameters of a step in as few calls of the device as they allow: usually in one. It keeps its memory from step to step.</summary>
/// <param name="slotOf">The arrays of a parameter as the device takes them, given its gradient, contiguous.</param>
/// <param name="sharesSteps">Whether a call is for parameters that have made as many steps.</param>
internal sealed class ParameterBatches<T, TSlot>(Func<ParameterState<T>, View<T>, TSlot> slotOf, bool sharesSteps)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Storage<T>> _copies = [];
    private TSlot[] _slots = [];
    private bool[] _done = [];

    /// <summary>Begins a step of some parameters.</summary>
    public void Begin(int count)
    {
        if (_slots.Length < count)
        {
            _slots = new TSlot[count];
            _done = new bool[count];
        }

        _done.AsSpan().Clear();
    }

    /// <summary>Parameters on one device for a call.</summary>
    /// <param name="active">All parameters of the step.</param>
    /// <param name="first">One of the call's.</param>
    /// <param name="slots">The call's.</param>
    /// <returns>Whether there are any left.</returns>
    public bool TryNext(ReadOnlySpan<ParameterState<T>> active, out ParameterState<T> first, out ReadOnlySpan<TSlot> slots)
    {
        int next = _done.AsSpan(0, active.Length).IndexOf(false);
        if (next < 0)
        {
            first = null!;
            slots = [];
            return false;
        }

        first = active[next];
        int count = 0;
        for (int i = next; i < active.Length; i++)
        {
            ParameterState<T> state = active[i];
            if (!_done[i] && state.Parameter.Device == first.Parameter.Device && (!sharesSteps || state.Step == first.Step))
            {
                _done[i] = true;
                _slots[count++] = slotOf(state, Contiguous(state.Parameter.Gradient!.View));
            }
        }

        slots = _slots.AsSpan(0, count);
        return true;
    }

    /// <summary>Ends the step: copies of gradients are given back, and nothing is held.</summary>
    public void End()
    {
        foreach (Storage<T> copy in _copies)
        {
            copy.Dispose();
        }

        _copies.Clear();
        Array.Clear(_slots);
    }

    // A gradient that is part of a graph (createGraph) may be a broadcast or transposed view.
    private View<T> Contiguous(View<T> gradient)
    {
        if (gradient.IsContiguous)
        {
            return gradient;
        }

        Storage<T> storage = new(gradient.Device, gradient.Count);
        _copies.Add(storage);
        View<T> copy = new(storage, new Layout(gradient.Shape));
        gradient.Device.Copy(gradient, copy);
        return copy;
    }
}
