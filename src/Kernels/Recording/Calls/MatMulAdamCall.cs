using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.MatMulAdam{T}"/>.</summary>
internal struct MatMulAdamCall<T>(View<T> a, View<T> b, AdamParameter<T> parameter, AdamParameter<T>? sums, in AdamStep step) : IKernelCall<MatMulAdamCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> A = a;
    public View<T> B = b;
    public AdamParameter<T> Parameter = parameter;
    public AdamParameter<T>? Sums = sums;
    public AdamStep Step = step;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.MatMulAdamCore(A, B, Parameter, Sums, Step);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref A);
        visitor.Read(ref B);
        Parameter = Visit(Parameter, visitor);
        Sums = Sums is { } sums ? Visit(sums, visitor) : null;
    }

    /// <inheritdoc/>
    public void Take(in MatMulAdamCall<T> other) => Step = other.Step;

    private static AdamParameter<T> Visit(in AdamParameter<T> of, IOperandVisitor visitor)
    {
        (View<T> parameter, View<T> gradient, View<T> first, View<T> second) = of;
        if (gradient.Storage is not null)
        {
            visitor.Write(ref gradient);
        }

        visitor.Update(ref parameter);
        visitor.Update(ref first);
        visitor.Update(ref second);
        return new AdamParameter<T>(parameter, gradient, first, second);
    }
}
