using System.Numerics;

namespace Autodiff;

/// <summary>The functions that want to see, or replace, a gradient.</summary>
internal sealed class HookList<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Func<Tensor<T>, Tensor<T>?>> _hooks = [];

    /// <summary>Adds a hook.</summary>
    /// <returns>What removes it.</returns>
    public IDisposable Add(Func<Tensor<T>, Tensor<T>?> hook)
    {
        _hooks.Add(hook);
        return new Registration(_hooks, hook);
    }

    /// <summary>Calls the hooks in the order in which they were added.</summary>
    public Tensor<T> Apply(Tensor<T> gradient, string operation)
    {
        for (int i = 0; i < _hooks.Count; i++)
        {
            Tensor<T> replaced = _hooks[i](gradient) ?? gradient;
            if (replaced.Shape != gradient.Shape)
                throw new InvalidOperationException($"A hook on the gradient of {operation} returned shape {replaced.Shape}; the gradient has {gradient.Shape}.");
            gradient = replaced;
        }
        return gradient;
    }

    private sealed class Registration(List<Func<Tensor<T>, Tensor<T>?>> hooks, Func<Tensor<T>, Tensor<T>?> hook) : IDisposable
    {
        public void Dispose() => hooks.Remove(hook);
    }
}
