using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Sgd{T}"/>.</summary>
/// <param name="parameters">The parameters; the array may be longer.</param>
/// <param name="count">How many there are.</param>
/// <param name="step">The numbers of the step.</param>
internal struct SgdCall<T>(SgdParameter<T>[] parameters, int count, in SgdStep step) : IKernelCall<SgdCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SgdParameter<T>[] _parameters = parameters;
    private readonly int _count = count;
    private SgdStep _step = step;

    /// <inheritdoc/>
    public static bool FitsGraphs => false;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.SgdCore<T>(_parameters.AsSpan(0, _count), _step);

    /// <inheritdoc/>
    public readonly void Visit(IOperandVisitor visitor)
    {
        foreach (ref SgdParameter<T> slot in _parameters.AsSpan(0, _count))
        {
            (View<T> parameter, View<T> gradient, View<T> velocity) = slot;
            visitor.Update(ref parameter);
            visitor.Read(ref gradient);
            if (velocity.Storage is not null)
            {
                visitor.Update(ref velocity);
            }

            slot = new SgdParameter<T>(parameter, gradient, velocity);
        }
    }

    /// <inheritdoc/>
    public void Take(in SgdCall<T> other) => _step = other._step;
}
