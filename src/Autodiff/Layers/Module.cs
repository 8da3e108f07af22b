using System.Numerics;

namespace Autodiff;

/// <summary>A part of a network: a function with parameters, made of other modules or of operations.</summary>
/// <remarks>
/// A module registers its parameters and parts in its constructor; their names, joined by dots as in <c>hidden.weight</c>, are those in
/// messages and files.
/// <code>
/// sealed class Autoencoder : Module&lt;float&gt;
/// {
///     private readonly Linear&lt;float&gt; _encoder, _decoder;
///
///     public Autoencoder(int neurons, Generator generator)
///     {
///         _encoder = Register("encoder", new Linear&lt;float&gt;(neurons, 10, generator));
///         _decoder = Register("decoder", new Linear&lt;float&gt;(10, neurons, generator));
///     }
///
///     public override Tensor&lt;float&gt; Forward(Tensor&lt;float&gt; input) => _decoder.Forward(_encoder.Forward(input).Relu());
/// }
/// </code>
/// </remarks>
public abstract partial class Module<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<KeyValuePair<string, Parameter<T>>> _parameters = [];
    private readonly List<KeyValuePair<string, Module<T>>> _children = [];

    /// <summary>Whether the module is being trained: <see cref="Dropout{T}"/> acts only then. True at first.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>The parts that were registered, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, Module<T>>> Children => _children;

    /// <summary>
    /// All parameters, of this module first and then of its parts in the order in which they were registered; one that is shared stands
    /// once, under its first name.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, Parameter<T>>> NamedParameters
    {
        get
        {
            List<KeyValuePair<string, Parameter<T>>> named = [];
            Collect("", named, new HashSet<Parameter<T>>(ReferenceEqualityComparer.Instance));
            return named;
        }
    }

    /// <summary>All parameters, in the order of <see cref="NamedParameters"/>.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => [.. NamedParameters.Select(pair => pair.Value)];

    /// <summary>The number of elements of all parameters.</summary>
    public long ParameterCount => Parameters.Sum(parameter => (long)parameter.Count);

    /// <summary>The function.</summary>
    public abstract Tensor<T> Forward(Tensor<T> input);

    /// <summary>Goes into training mode, with all parts.</summary>
    public void Train() => SetTraining(true);

    /// <summary>Goes into evaluation mode, with all parts: predictions no longer depend on chance.</summary>
    public void Evaluate() => SetTraining(false);

    /// <inheritdoc/>
    public override string ToString()
    {
        string name = GetType().Name.Split('`')[0];
        return _children.Count == 0
            ? name
            : $"{name}(\n{string.Concat(_children.Select(Line))})";

        static string Line(KeyValuePair<string, Module<T>> child) =>
            $"  {child.Key}: {child.Value.ToString()!.ReplaceLineEndings("\n  ")}\n";
    }

    /// <summary>Makes a parameter part of this module.</summary>
    /// <param name="name">The name, without dots, used once in this module.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">The name is empty, has a dot, or is in use.</exception>
    protected Parameter<T> Register(string name, Parameter<T> parameter)
    {
        CheckName(name);
        _parameters.Add(new(name, parameter));
        parameter.Name = name;
        return parameter;
    }

    /// <summary>Makes another module part of this one.</summary>
    /// <param name="name">The name, without dots, used once in this module.</param>
    /// <param name="child">The other module.</param>
    /// <returns>The other module.</returns>
    /// <exception cref="ArgumentException">The name is empty, has a dot, or is in use; or this module is itself a part of
    /// <paramref name="child"/>.</exception>
    protected TModule Register<TModule>(string name, TModule child)
        where TModule : Module<T>
    {
        CheckName(name);
        if (child.Contains(this))
        {
            throw new ArgumentException($"Register: '{name}' contains the module that it should become a part of; a network cannot "
                + "contain itself.");
        }

        _children.Add(new(name, child));
        foreach ((string dotted, Parameter<T> parameter) in NamedParameters)
        {
            parameter.Name = dotted;
        }

        return child;
    }

    private bool Contains(Module<T> module) => this == module || _children.Any(child => child.Value.Contains(module));

    private void Collect(string prefix, List<KeyValuePair<string, Parameter<T>>> named, HashSet<Parameter<T>> seen)
    {
        foreach ((string name, Parameter<T> parameter) in _parameters)
        {
            if (seen.Add(parameter))
            {
                named.Add(new(prefix + name, parameter));
            }
        }
        foreach ((string name, Module<T> child) in _children)
        {
            child.Collect($"{prefix}{name}.", named, seen);
        }
    }

    private void SetTraining(bool training)
    {
        IsTraining = training;
        foreach ((_, Module<T> child) in _children)
        {
            child.SetTraining(training);
        }
    }

    private void CheckName(string name)
    {
        if (name.Length == 0 || name.Contains('.'))
        {
            throw new ArgumentException($"Register: '{name}' cannot be a name; names are not empty and have no dots, which join the names "
                + "of parts.");
        }

        if (_parameters.Any(pair => pair.Key == name) || _children.Any(pair => pair.Key == name))
        {
            throw new ArgumentException($"Register: {GetType().Name.Split('`')[0]} already has a '{name}'; names must be unique within a "
                + "module.");
        }
    }
}
