using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.Adam{T}"/>.</summary>
/// <param name="parameters">The parameters; the array may be longer.</param>
/// <param name="count">How many there are.</param>
/// <param name="step">The numbers of the step.</param>
internal struct AdamCall<T>(AdamParameter<T>[] parameters, int count, in AdamStep step) : IKernelCall<AdamCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public AdamParameter<T>[] Parameters = parameters;
    public int Count = count;
    public AdamStep Step = step;

    /// <inheritdoc/>
    public static bool FitsGraphs => false;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.AdamCore<T>(Parameters.AsSpan(0, Count), Step);

    /// <inheritdoc/>
    public readonly void Visit(IOperandVisitor visitor)
    {
        foreach (ref AdamParameter<T> slot in Parameters.AsSpan(0, Count))
        {
            (View<T> parameter, View<T> gradient, View<T> first, View<T> second) = slot;
            visitor.Update(ref parameter);
            visitor.Read(ref gradient);
            visitor.Update(ref first);
            visitor.Update(ref second);
            slot = new AdamParameter<T>(parameter, gradient, first, second);
        }
    }

    /// <inheritdoc/>
    public void Take(in AdamCall<T> other) => Step = other.Step;
}
