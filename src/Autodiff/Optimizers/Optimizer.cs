using System.Numerics;

namespace Autodiff;

/// <summary>Updates parameters from their gradients, as learning-rate schedules see it.</summary>
public abstract class Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>The parameter groups, each with its learning rate and weight decay.</summary>
    public abstract IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>Updates every parameter that has a gradient and is not frozen.</summary>
    public abstract void Step();

    /// <summary>Forgets the gradients of all parameters; the next backward pass starts anew.</summary>
    public abstract void ZeroGradient();
}

/// <summary>
/// Updates parameters from their gradients. Derive from it to write an optimizer: <see cref="Update"/> is all that is needed.
/// </summary>
public abstract partial class Optimizer<T> : Optimizer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _learningRate, _weightDecay;
    private readonly List<ParameterGroup<T>> _groups = [];
    private readonly Dictionary<Parameter<T>, ParameterState<T>?> _states = new(ReferenceEqualityComparer.Instance);
    private readonly string[] _bufferNames;
    private ParameterState<T>[] _active = [];

    /// <summary>Makes an optimizer.</summary>
    /// <param name="groups">The parameter groups; a parameter belongs to one.</param>
    /// <param name="learningRate">The learning rate of the groups that have none of their own.</param>
    /// <param name="weightDecay">The weight decay of the groups that have none of their own.</param>
    /// <param name="bufferNames">The names, for files, of the running quantities that are kept for each parameter.</param>
    /// <exception cref="ArgumentException">There are no groups, or a parameter belongs to two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate or the weight decay is negative or not finite.</exception>
    protected Optimizer(IEnumerable<ParameterGroup<T>> groups, double learningRate, double weightDecay, params string[] bufferNames)
    {
        _learningRate = ParameterGroup.NotNegative(learningRate, nameof(learningRate));
        _weightDecay = ParameterGroup.NotNegative(weightDecay, nameof(weightDecay));
        _bufferNames = bufferNames;
        foreach (ParameterGroup<T> group in groups)
        {
            AddGroup(group);
        }

        if (_groups.Count == 0)
        {
            throw new ArgumentException("An optimizer needs at least one parameter group.");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterGroup<T>> Groups => _groups;

    /// <summary>The names of the running quantities that are kept for each parameter.</summary>
    public IReadOnlyList<string> BufferNames => _bufferNames;

    /// <summary>Adds a group, as when layers are thawed during training.</summary>
    /// <exception cref="ArgumentException">A parameter belongs to the optimizer already.</exception>
    public void AddGroup(ParameterGroup<T> group)
    {
        HashSet<Parameter<T>> added = new(ReferenceEqualityComparer.Instance);
        foreach (Parameter<T> parameter in group.Members)
        {
            if (!added.Add(parameter) || _states.ContainsKey(parameter))
            {
                throw new ArgumentException($"{parameter.Origin} of shape {parameter.Shape} is given to the optimizer twice; it would be "
                    + "updated twice in a step. Name it in one group, once.");
            }
        }
        group.Join(_learningRate, _weightDecay);
        foreach (Parameter<T> parameter in group.Members)
        {
            _states.Add(parameter, null);
        }

        _groups.Add(group);
        _active = new ParameterState<T>[Math.Max(_active.Length, group.Members.Length)];
    }

    /// <summary>What is remembered about a parameter; null before its first step.</summary>
    /// <exception cref="ArgumentException">The parameter does not belong to this optimizer.</exception>
    public ParameterState<T>? StateOf(Parameter<T> parameter) =>
        _states.TryGetValue(parameter, out ParameterState<T>? state)
            ? state
            : throw new ArgumentException($"{parameter.Origin} of shape {parameter.Shape} does not belong to this optimizer.");

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">A gradient went with its tape; nothing was updated.</exception>
    public sealed override void Step()
    {
        if (StepCapture.Current is { } capture)
        {
            OptimizerSection<T> section = new(this, capture);
            capture.Run(section, MakeStep);
            section.Close();
        }
        else
        {
            MakeStep();
        }
    }

    /// <summary>Makes a step, or, before a replay of a captured one, hands over its numbers.</summary>
    internal void MakeStep()
    {
        // Whatever can fail fails before anything is updated.
        foreach (ParameterGroup<T> group in _groups)
        {
            foreach (Parameter<T> parameter in group.Members)
            {
                _ = IsActive(parameter) ? parameter.Gradient!.View : default;
            }
        }
        foreach (ParameterGroup<T> group in _groups)
        {
            int count = 0;
            foreach (Parameter<T> parameter in group.Members)
            {
                if (!IsActive(parameter))
                {
                    continue;
                }

                ParameterState<T> state = _states[parameter] ??= new ParameterState<T>(parameter, _bufferNames.Length);
                state.Step++;
                _active[count++] = state;
            }
            if (count == 0)
            {
                continue;
            }

            Update(group, _active.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                _active[i].Parameter.View.Storage.Touch();
            }
        }
    }

    /// <inheritdoc/>
    public sealed override void ZeroGradient()
    {
        foreach (ParameterGroup<T> group in _groups)
        {
            foreach (Parameter<T> parameter in group.Members)
            {
                parameter.ZeroGradient();
            }
        }
    }

    /// <summary>
    /// Updates some parameters of a group, and their buffers, in place by kernels. The step counts already include this step.
    /// </summary>
    /// <param name="group">The group, with its learning rate and weight decay.</param>
    /// <param name="active">The states of those parameters of the group that have a gradient and are not frozen.</param>
    protected abstract void Update(ParameterGroup<T> group, ReadOnlySpan<ParameterState<T>> active);

    private static bool IsActive(Parameter<T> parameter) => !parameter.IsFrozen && parameter.Gradient is not null;
}
