namespace Autodiff;

/// <summary>What a gradient check has found wrong.</summary>
public enum GradCheckProblem
{
    /// <summary>An analytic derivative differs from the numeric one by more than the tolerance.</summary>
    WrongDerivative,

    /// <summary>A random projection of the Jacobian differs, although no single element does by more than the tolerance.</summary>
    WrongProjection,

    /// <summary>Two backward passes over the same graph gave different gradients.</summary>
    NondeterministicBackward,

    /// <summary>Two runs of the function on the same inputs gave different outputs.</summary>
    NondeterministicForward,

    /// <summary>A zero output gradient gave an input gradient that is not exactly zero.</summary>
    NotScaledByOutputGradient,

    /// <summary>No gradient flows to the input, but the output changes with it.</summary>
    Detached,

    /// <summary>The backward pass threw an exception.</summary>
    BackwardThrew,
}
