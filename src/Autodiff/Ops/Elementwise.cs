using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The operations, one room (file) each: the formula, the shapes it takes, the kernel it calls, and its vector-Jacobian products.</summary>
/// <remarks>Derivatives are written in these same operations, so they can be differentiated again. Shapes broadcast as in NumPy.</remarks>
public static partial class Ops
{
    /// <summary>Runs an elementwise kernel and records it. The derivative is written for the gradient g, the input x and the output y.</summary>
    internal static Tensor<T> Unary<T, TKernel>(string operation, Tensor<T> x, TKernel kernel, VectorJacobianProduct<T> vjp)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IUnaryKernel<T>
    {
        View<T> view = x.View;
        View<T> y = Tape.Rent<T>(x.Device, x.Shape);
        x.Device.Map(view, y, kernel);
        return Tape.Record(operation, y, new Input<T>(x, vjp));
    }

    /// <summary>Broadcasts two operands, runs an elementwise kernel and records it. Derivatives are of the broadcast shape; they are summed back here.</summary>
    internal static Tensor<T> Binary<T, TKernel>(
        string operation, Tensor<T> a, Tensor<T> b, TKernel kernel, VectorJacobianProduct<T> vjpA, VectorJacobianProduct<T> vjpB)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IBinaryKernel<T>
    {
        View<T> y = RunBinary(operation, a, b, kernel);
        return Tape.Record(operation, y, Summed(a, vjpA), Summed(b, vjpB));
    }

    /// <summary>A comparison: a mask of ones and zeros through which no gradient flows.</summary>
    internal static Tensor<T> Mask<T, TKernel>(string operation, Tensor<T> a, Tensor<T> b, TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IBinaryKernel<T> => new(RunBinary(operation, a, b, kernel));

    /// <summary>The shape that operands broadcast to.</summary>
    /// <exception cref="ArgumentException">They do not broadcast.</exception>
    internal static Shape Broadcast(string operation, Shape a, Shape b) =>
        Shape.TryBroadcast(a, b, out Shape shape)
            ? shape
            : throw new ArgumentException($"{operation}: shapes {a} and {b} do not broadcast: sizes, aligned at the last axis, must be equal or 1.");

    /// <summary>Refuses operands on two devices.</summary>
    internal static void SameDevice<T>(string operation, Tensor<T> a, Tensor<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (a.Device != b.Device)
        {
            throw new ArgumentException($"{operation}: the operands are on two devices, {a.Device.Name} and {b.Device.Name}; move one with To(device).");
        }
    }

    private static View<T> RunBinary<T, TKernel>(string operation, Tensor<T> a, Tensor<T> b, TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IBinaryKernel<T>
    {
        SameDevice(operation, a, b);
        View<T> viewA = a.View, viewB = b.View;
        View<T> y = Tape.Rent<T>(a.Device, Broadcast(operation, a.Shape, b.Shape));
        a.Device.Zip(viewA.With(viewA.Layout.BroadcastTo(y.Shape)), viewB.With(viewB.Layout.BroadcastTo(y.Shape)), y, kernel);
        return y;
    }

    /// <summary>Broadcasts three operands and runs an elementwise kernel.</summary>
    private static View<T> RunTernary<T, TKernel>(string operation, Tensor<T> a, Tensor<T> b, Tensor<T> c, TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, ITernaryKernel<T>
    {
        SameDevice(operation, a, b);
        SameDevice(operation, a, c);
        View<T> viewA = a.View, viewB = b.View, viewC = c.View;
        View<T> y = Tape.Rent<T>(a.Device, Broadcast(operation, Broadcast(operation, a.Shape, b.Shape), c.Shape));
        a.Device.Zip(
            viewA.With(viewA.Layout.BroadcastTo(y.Shape)), viewB.With(viewB.Layout.BroadcastTo(y.Shape)), viewC.With(viewC.Layout.BroadcastTo(y.Shape)), y, kernel);
        return y;
    }

    /// <summary>What a piecewise linear function passes back: linear in the gradient, constant in x but for jumps, so its own derivative is the same gate and none flows to x.</summary>
    private static Tensor<T> Gate<T, TKernel>(string operation, Tensor<T> gradient, Tensor<T> x, TKernel kernel)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TKernel : struct, IBinaryKernel<T> =>
        Tape.Record(operation, RunBinary(operation, gradient, x, kernel), new Input<T>(gradient, (g, _) => Gate(operation, g, x, kernel)));

    private static Input<T> Summed<T>(Tensor<T> input, VectorJacobianProduct<T> vjp)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(input, (gradient, y) => gradient.Shape == input.Shape ? vjp(gradient, y) : vjp(gradient, y).SumTo(input.Shape));
}
