using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.MatMulAdam{T}"/>.</summary>
internal struct MatMulAdamCall<T>(View<T> a, View<T> b, AdamParameter<T> parameter, in AdamStep step) : IKernelCall<MatMulAdamCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> A = a;
    public View<T> B = b;
    public AdamParameter<T> Parameter = parameter;
    public AdamStep Step = step;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.MatMulAdamCore(A, B, Parameter, Step);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        (View<T> parameter, View<T> gradient, View<T> first, View<T> second) = Parameter;
        visitor.Read(ref A);
        visitor.Read(ref B);
        if (gradient.Storage is not null)
        {
            visitor.Write(ref gradient);
        }

        visitor.Update(ref parameter);
        visitor.Update(ref first);
        visitor.Update(ref second);
        Parameter = new AdamParameter<T>(parameter, gradient, first, second);
    }

    /// <inheritdoc/>
    public void Take(in MatMulAdamCall<T> other) => Step = other.Step;
}
