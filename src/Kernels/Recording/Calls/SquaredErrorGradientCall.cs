using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.SquaredErrorGradientCore{T}"/>.</summary>
internal struct SquaredErrorGradientCall<T>(
    View<T> prediction, View<T> target, View<T> loss, T scale, View<T> gradient, View<T> y, SquaredErrorGradient<T> op) : IKernelCall<SquaredErrorGradientCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> Prediction = prediction;
    public View<T> Target = target;
    public View<T> Loss = loss;
    public T Scale = scale;
    public View<T> Gradient = gradient;
    public View<T> Y = y;
    public SquaredErrorGradient<T> Op = op;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.SquaredErrorGradientCore(Prediction, Target, Loss, Scale, Gradient, Y, Op);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref Prediction);
        visitor.Read(ref Target);
        visitor.Write(ref Loss);
        visitor.Read(ref Gradient);
        visitor.Write(ref Y);
    }

    /// <inheritdoc/>
    public void Take(in SquaredErrorGradientCall<T> other) => (Scale, Op) = (other.Scale, other.Op);
}
