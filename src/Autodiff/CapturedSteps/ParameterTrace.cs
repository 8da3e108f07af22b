using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A parameter that a captured step uses: how it was, and which gradient each run leaves it with.</summary>
internal abstract class ParameterTrace
{
    /// <summary>Looks at the gradient that the captured function has left.</summary>
    /// <exception cref="InvalidOperationException">A second step would do something else than the first.</exception>
    public abstract void Close(Recording recording, ISet<Storage> results);

    /// <summary>Refuses a replay if the parameter is no longer what the step was captured with.</summary>
    public abstract void Check();

    /// <summary>Gives the parameter the gradient of the step.</summary>
    public abstract void Install();

    /// <summary>Takes the step's gradient, whose memory goes, from the parameter.</summary>
    public abstract void Withdraw();
}

/// <inheritdoc/>
internal sealed class ParameterTrace<T>(Parameter<T> parameter) : ParameterTrace
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool _wasFrozen = parameter.IsFrozen;
    private readonly Storage<T>? _before = parameter.Gradient?.Storage;
    private bool _replaced, _added;
    private Tensor<T>? _gradient;

    /// <summary>The gradient was forgotten or overwritten.</summary>
    public void Replaced() => _replaced |= !_added;

    /// <summary>A gradient was added to what was there.</summary>
    public void Added() => _added = true;

    /// <inheritdoc/>
    public override void Close(Recording recording, ISet<Storage> results)
    {
        Storage<T>? after = parameter.Gradient?.Storage;
        if (!_replaced && after != _before)
        {
            throw new InvalidOperationException($"Capture: the step leaves {parameter.Origin} with {(after is null ? "no gradient" : "a gradient")}, and found it with "
                + $"{(_before is null ? "none" : "one")}; the next step would do something else. Call optimizer.ZeroGradient() in the step, before Backward.");
        }

        if (parameter.Gradient is null)
        {
            return;
        }

        View<T> view = recording.Pin(parameter.Gradient.View);
        results.Add(view.Storage);
        _gradient = view.Storage == after ? parameter.Gradient : new Tensor<T>(view);
        Install();
    }

    /// <inheritdoc/>
    public override void Check()
    {
        if (parameter.IsFrozen != _wasFrozen)
        {
            throw new InvalidOperationException($"Run: {parameter.Origin} was {(_wasFrozen ? "frozen" : "not frozen")} when the step was captured and is "
                + $"{(_wasFrozen ? "not frozen" : "frozen")} now. Set IsFrozen back to {(_wasFrozen ? "true" : "false")}, or capture the step again.");
        }
    }

    /// <inheritdoc/>
    public override void Install() => parameter.Install(_gradient);

    /// <inheritdoc/>
    public override void Withdraw()
    {
        if (_gradient is not null && parameter.Gradient == _gradient && _gradient.Storage != _before)
        {
            parameter.ZeroGradient();
        }
    }
}
