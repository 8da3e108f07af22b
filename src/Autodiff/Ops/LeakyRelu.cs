using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Leaky rectifier, elementwise: y = x above 0, sx below. Derivative: 1 above 0, else s (also at 0, as in PyTorch).</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="slope">The slope s below 0; PyTorch's default is 0.01.</param>
    public static Tensor<T> LeakyRelu<T>(this Tensor<T> x, T slope)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("LeakyRelu", x, new Kernels.Elementwise.LeakyRelu<T>(slope), (gradient, _) => Gate("LeakyReluGradient", gradient, x, new Kernels.Elementwise.LeakyReluGradient<T>(slope)));

    /// <summary>Leaky rectifier with PyTorch's default slope, elementwise: y = x above 0, 0.01x below. Derivative: 1 above 0, else 0.01.</summary>
    public static Tensor<T> LeakyRelu<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> => x.LeakyRelu(T.CreateChecked(0.01));
}
