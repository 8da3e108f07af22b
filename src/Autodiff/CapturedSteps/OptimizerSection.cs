using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>An optimizer's step within a captured one: it asks for learning rates and counts its steps again at every replay.</summary>
internal sealed class OptimizerSection<T> : StepSection
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Optimizer<T> _optimizer;
    private readonly Recording _recording;
    private readonly int _groups;
    private readonly List<Member> _members = [];

    /// <summary>Looks at the optimizer before its step.</summary>
    public OptimizerSection(Optimizer<T> optimizer, StepCapture capture)
    {
        (_optimizer, _recording, _groups) = (optimizer, capture.Recording, optimizer.Groups.Count);
        foreach (ParameterGroup<T> group in optimizer.Groups)
        {
            foreach (Parameter<T> parameter in group.Members)
            {
                capture.Trace(parameter);
                Tensor<T>? gradient = parameter.Gradient;
                if (gradient is not null && _recording.Pin(gradient.View) is var view && view.Storage != gradient.View.Storage)
                {
                    gradient = new Tensor<T>(view);
                }

                _members.Add(new Member(parameter, gradient, null));
            }
        }
    }

    /// <summary>Notes the optimizer's states of the parameters, which its first step has made.</summary>
    public void Close()
    {
        for (int i = 0; i < _members.Count; i++)
        {
            _members[i] = _members[i] with { State = _optimizer.StateOf(_members[i].Parameter) };
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        if (_optimizer.Groups.Count != _groups)
        {
            throw new InvalidOperationException($"Run: {this} had {_groups} parameter groups when the step was captured and has {_optimizer.Groups.Count} now. Capture the step again.");
        }

        foreach (Member member in _members)
        {
            if (_optimizer.StateOf(member.Parameter) != member.State)
            {
                throw new InvalidOperationException($"Run: what {this} remembers of {member.Parameter.Origin} was replaced after the step was captured, as by Load. "
                    + "Load first, then capture the step.");
            }
        }
    }

    /// <inheritdoc/>
    public override void Repeat()
    {
        foreach (Member member in _members)
        {
            member.Parameter.Install(member.Gradient);
        }

        _optimizer.MakeStep();
    }

    /// <inheritdoc/>
    public override string ToString() => $"the step of {_optimizer.GetType().Name.Split('`')[0]}";

    private readonly record struct Member(Parameter<T> Parameter, Tensor<T>? Gradient, ParameterState<T>? State);
}
