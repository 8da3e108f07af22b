using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Modules one after the other: the output of each is the input of the next.</summary>
/// <remarks>
/// The parts are called "0", "1", ... as in PyTorch, or by names of one's own.
/// <code>
/// Sequential&lt;float&gt; network =
///     [new Linear&lt;float&gt;(neurons, 100, generator), new Relu&lt;float&gt;(), new Linear&lt;float&gt;(100, 1, generator)];
/// </code>
/// </remarks>
[CollectionBuilder(typeof(Sequential), nameof(Sequential.Create))]
public sealed class Sequential<T> : Module<T>, IReadOnlyList<Module<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Chains modules, called "0", "1", ...</summary>
    public Sequential(params ReadOnlySpan<Module<T>> modules)
    {
        for (int i = 0; i < modules.Length; i++)
        {
            Register($"{i}", modules[i]);
        }
    }

    /// <summary>Chains modules under names of their own.</summary>
    /// <exception cref="ArgumentException">A name is empty, has a dot, or is used twice.</exception>
    public Sequential(params ReadOnlySpan<(string Name, Module<T> Module)> modules)
    {
        foreach ((string name, Module<T> module) in modules)
        {
            Register(name, module);
        }
    }

    /// <summary>The number of modules.</summary>
    public int Count => Children.Count;

    /// <summary>The module at a place, from 0.</summary>
    public Module<T> this[int index] => Children[index].Value;

    /// <inheritdoc/>
    public override Tensor<T> Forward(Tensor<T> input)
    {
        for (int i = 0; i < Children.Count; i++)
        {
            input = Children[i].Value.Forward(input);
        }

        return input;
    }

    /// <inheritdoc/>
    public IEnumerator<Module<T>> GetEnumerator() => Children.Select(child => child.Value).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes <see cref="Sequential{T}"/> modules.</summary>
public static class Sequential
{
    /// <summary>Chains modules; what a collection expression calls.</summary>
    public static Sequential<T> Create<T>(ReadOnlySpan<Module<T>> modules)
        where T : unmanaged, IFloatingPointIeee754<T> => new(modules);
}
