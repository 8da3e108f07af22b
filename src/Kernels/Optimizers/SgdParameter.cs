namespace Autodiff.Kernels;

/// <summary>The arrays that a step of gradient descent reads and writes, all contiguous and of one length.</summary>
/// <param name="Parameter">The parameter θ, updated in place.</param>
/// <param name="Gradient">Its gradient g.</param>
/// <param name="Velocity">The velocity v, updated in place; default in steps without momentum, which have none.</param>
public readonly record struct SgdParameter<T>(View<T> Parameter, View<T> Gradient, View<T> Velocity) : IOptimizerParameter<T>
    where T : unmanaged
{
    View<T> IOptimizerParameter<T>.First => Velocity;

    View<T> IOptimizerParameter<T>.Second => default;
}
