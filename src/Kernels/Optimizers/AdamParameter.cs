namespace Autodiff.Kernels;

/// <summary>The four arrays that an Adam step reads and writes, all contiguous and of one length.</summary>
/// <param name="Parameter">The parameter θ, updated in place.</param>
/// <param name="Gradient">Its gradient g.</param>
/// <param name="FirstMoment">The running mean m of g, updated in place.</param>
/// <param name="SecondMoment">The running mean v of g², updated in place.</param>
public readonly record struct AdamParameter<T>(View<T> Parameter, View<T> Gradient, View<T> FirstMoment, View<T> SecondMoment) : IOptimizerParameter<T>
    where T : unmanaged
{
    View<T> IOptimizerParameter<T>.First => FirstMoment;

    View<T> IOptimizerParameter<T>.Second => SecondMoment;
}
