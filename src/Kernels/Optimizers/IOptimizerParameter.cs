namespace Autodiff.Kernels;

/// <summary>The arrays of one parameter in an optimizer's step, all contiguous and of one length.</summary>
internal interface IOptimizerParameter<T>
    where T : unmanaged
{
    /// <summary>The parameter, updated in place.</summary>
    View<T> Parameter { get; }

    /// <summary>Its gradient.</summary>
    View<T> Gradient { get; }

    /// <summary>The first running quantity, updated in place; default where the optimizer has none.</summary>
    View<T> First { get; }

    /// <summary>The second running quantity, likewise.</summary>
    View<T> Second { get; }
}
