using System.Numerics;

namespace Autodiff;

/// <summary>Compares the derivatives that backward passes give with central differences, as torch.autograd.gradcheck does.</summary>
/// <remarks>
/// <para>For every output element the row of the Jacobian is taken from a backward pass with a one-hot output gradient, twice, and compared with
/// (f(x + ε) - f(x - ε)) / 2ε for every input element: |analytic - numeric| ≤ absolute + relative |numeric|. A zero output gradient must give exactly zero.
/// Where no gradient flows from an output to an input, the numeric derivative must be zero.</para>
/// <para>Use <see cref="double"/>: with float the differences drown in round-off. Keep clear of kinks (ReLU at 0). Random functions must draw the same numbers each time.</para>
/// <code>
/// GradCheckReport report = GradCheck.Run((a, b) => a.MatMul(b).Tanh(), a, b);
/// Console.WriteLine(report);
/// </code>
/// </remarks>
public static class GradCheck
{
    /// <summary>Checks a function of some tensors.</summary>
    /// <param name="function">The function; it must use the tensors it is given, and be deterministic.</param>
    /// <param name="inputs">Where to check it: tensors, or parameters (then perturbed in place, and restored).</param>
    /// <param name="options">Tolerances and the like; PyTorch's if omitted.</param>
    /// <exception cref="ArgumentException">There is no input, or one has a broadcast axis or is frozen.</exception>
    public static GradCheckReport Run<T>(Func<Tensor<T>[], Tensor<T>> function, IEnumerable<Tensor<T>> inputs, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T>(x => [function(x)], inputs, options);

    /// <summary>Checks a function of some tensors with several outputs.</summary>
    /// <inheritdoc cref="Run{T}(Func{Tensor{T}[], Tensor{T}}, IEnumerable{Tensor{T}}, GradCheckOptions?)"/>
    public static GradCheckReport Run<T>(Func<Tensor<T>[], Tensor<T>[]> function, IEnumerable<Tensor<T>> inputs, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => new JacobianCheck<T>(nameof(GradCheck), new DifferentiatedFunction<T>(function, inputs), options).Run();

    /// <summary>Checks a function of one tensor.</summary>
    /// <inheritdoc cref="Run{T}(Func{Tensor{T}[], Tensor{T}}, IEnumerable{Tensor{T}}, GradCheckOptions?)"/>
    public static GradCheckReport Run<T>(Func<Tensor<T>, Tensor<T>> function, Tensor<T> input, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T>(x => [function(x[0])], [input], options);

    /// <summary>Checks a function of two tensors.</summary>
    /// <inheritdoc cref="Run{T}(Func{Tensor{T}[], Tensor{T}}, IEnumerable{Tensor{T}}, GradCheckOptions?)"/>
    public static GradCheckReport Run<T>(Func<Tensor<T>, Tensor<T>, Tensor<T>> function, Tensor<T> first, Tensor<T> second, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T>(x => [function(x[0], x[1])], [first, second], options);

    /// <summary>Checks a function of three tensors.</summary>
    /// <inheritdoc cref="Run{T}(Func{Tensor{T}[], Tensor{T}}, IEnumerable{Tensor{T}}, GradCheckOptions?)"/>
    public static GradCheckReport Run<T>(
        Func<Tensor<T>, Tensor<T>, Tensor<T>, Tensor<T>> function, Tensor<T> first, Tensor<T> second, Tensor<T> third, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T>(x => [function(x[0], x[1], x[2])], [first, second, third], options);

    /// <summary>Checks a loss, or any other function, with respect to the parameters of a model.</summary>
    /// <param name="function">Runs the model; it must be deterministic.</param>
    /// <param name="parameters">The parameters: perturbed in place, one element at a time, and restored.</param>
    /// <param name="options">Tolerances and the like; PyTorch's if omitted.</param>
    /// <exception cref="ArgumentException">There is no parameter, or one is frozen.</exception>
    public static GradCheckReport Run<T>(Func<Tensor<T>> function, IEnumerable<Parameter<T>> parameters, GradCheckOptions? options = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Run<T>(_ => [function()], parameters, options);
}
