using System.Numerics;

namespace Autodiff;

/// <summary>The functions that want to see, or replace, a gradient.</summary>
internal sealed class HookList<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Replaced, never changed: a hook may remove itself, or add another, while it runs.
    private Registration[] _hooks = [];

    /// <summary>Adds a hook.</summary>
    /// <returns>What removes it.</returns>
    public IDisposable Add(Func<Tensor<T>, Tensor<T>?> hook)
    {
        Registration registration = new(this, hook);
        _hooks = [.. _hooks, registration];
        return registration;
    }

    /// <summary>Calls the hooks in the order in which they were added.</summary>
    /// <exception cref="InvalidOperationException">A hook returned a gradient of another shape.</exception>
    public Tensor<T> Apply(Tensor<T> gradient, string operation)
    {
        foreach (Registration registration in _hooks)
        {
            Tensor<T> replaced = registration.Hook(gradient) ?? gradient;
            if (replaced.Shape != gradient.Shape)
            {
                throw new InvalidOperationException($"A hook on the gradient of {operation} returned shape {replaced.Shape}; the gradient has {gradient.Shape}.");
            }

            gradient = replaced;
        }
        return gradient;
    }

    private sealed class Registration(HookList<T> list, Func<Tensor<T>, Tensor<T>?> hook) : IDisposable
    {
        public Func<Tensor<T>, Tensor<T>?> Hook => hook;

        public void Dispose() => list._hooks = Array.FindAll(list._hooks, other => other != this);
    }
}
