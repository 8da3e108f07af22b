using System.Numerics;

namespace Autodiff.Kernels;

/// <summary>A call of <see cref="Device.SquaredError{T}"/>.</summary>
internal struct SquaredErrorCall<T>(View<T> prediction, View<T> target, View<T> loss, T scale) : IKernelCall<SquaredErrorCall<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public View<T> Prediction = prediction;
    public View<T> Target = target;
    public View<T> Loss = loss;
    public T Scale = scale;

    /// <inheritdoc/>
    public readonly void Run(Device device) => device.SquaredErrorCore(Prediction, Target, Loss, Scale);

    /// <inheritdoc/>
    public void Visit(IOperandVisitor visitor)
    {
        visitor.Read(ref Prediction);
        visitor.Read(ref Target);
        visitor.Write(ref Loss);
    }

    /// <inheritdoc/>
    public void Take(in SquaredErrorCall<T> other) => Scale = other.Scale;
}
