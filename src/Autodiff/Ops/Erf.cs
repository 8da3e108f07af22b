using System.Numerics;

namespace Autodiff;

public static partial class Ops
{
    /// <summary>Error function, elementwise: y = 2/√π ∫₀ˣ e^-t² dt. Derivative: dy/dx = 2/√π e^-x².</summary>
    public static Tensor<T> Erf<T>(this Tensor<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unary("Erf", x, new Kernels.Elementwise.Erf<T>(), (gradient, _) => gradient * ((-(x * x)).Exp() * T.CreateChecked(2 / Math.Sqrt(Math.PI))));
}
