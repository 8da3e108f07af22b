using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The capture that runs on this thread: what tensors, parameters and optimizers tell of themselves meanwhile.</summary>
internal sealed class StepCapture : IDisposable
{
    [ThreadStatic]
    private static StepCapture? t_current;

    private readonly Dictionary<object, ParameterTrace> _traces = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins one.</summary>
    /// <exception cref="InvalidOperationException">There is one on this thread already.</exception>
    public StepCapture()
    {
        Refuse("Step.Capture", "A captured step cannot contain another one; capture the two one after the other, or put what the inner one does into the outer one.");
        t_current = this;
    }

    /// <summary>The capture that runs on this thread, if any.</summary>
    public static StepCapture? Current => t_current;

    /// <summary>What is recorded.</summary>
    public Recording Recording { get; } = new();

    /// <summary>The parameters that took part.</summary>
    public IEnumerable<ParameterTrace> Parameters => _traces.Values;

    /// <summary>Refuses something that makes no sense while a step is captured.</summary>
    public static void Refuse(string call, string advice)
    {
        if (t_current is not null)
        {
            throw new InvalidOperationException($"{call}: a step is being captured on this thread. {advice}");
        }
    }

    /// <summary>Runs host code that must run again, with the numbers of then, before each replay.</summary>
    public void Run(StepSection section, Action body) => Recording.Recorder.Run(section, body);

    /// <inheritdoc cref="Run(StepSection, Action)"/>
    public void Run(string name, Action body) => Recording.Recorder.Run(new NamedSection(name, body), body);

    /// <summary>What the capture knows about a parameter; asked for before anything is done with its gradient.</summary>
    public ParameterTrace<T> Trace<T>(Parameter<T> parameter)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!_traces.TryGetValue(parameter, out ParameterTrace? trace))
        {
            _traces.Add(parameter, trace = new ParameterTrace<T>(parameter));
        }

        return (ParameterTrace<T>)trace;
    }

    /// <summary>Ends the capture.</summary>
    public void Dispose() => t_current = null;

    private sealed class NamedSection(string name, Action body) : StepSection
    {
        public override void Check()
        {
        }

        public override void Repeat() => body();

        public override string ToString() => name;
    }
}
