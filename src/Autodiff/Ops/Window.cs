using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

public static partial class Ops
{
    private static AxisRange[] Whole(Shape shape)
    {
        AxisRange[] window = new AxisRange[shape.Rank];
        for (int axis = 0; axis < window.Length; axis++)
        {
            window[axis] = new AxisRange(0, shape[axis], 1);
        }

        return window;
    }

    private static Layout Through(Layout layout, AxisRange[] window)
    {
        for (int axis = 0; axis < window.Length; axis++)
        {
            layout = layout.Slice(axis, window[axis].Start, window[axis].Count, window[axis].Step);
        }

        return layout;
    }

    /// <summary>What is seen through a window; a view.</summary>
    private static Tensor<T> Cut<T>(string operation, Tensor<T> x, AxisRange[] window)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> view = x.View;
        return Tape.Record(operation, view.With(Through(view.Layout, window)),
            new Input<T>(x, (gradient, _) => Embed(operation + "Gradient", gradient, x.Shape, window, T.Zero)));
    }

    /// <summary>A tensor of one value, with x seen through a window: the transpose of <c>Cut</c>.</summary>
    private static Tensor<T> Embed<T>(string operation, Tensor<T> x, Shape shape, AxisRange[] window, T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        View<T> view = x.View, y = Tape.Rent<T>(x.Device, shape);
        x.Device.Fill(y, value);
        x.Device.Copy(view, y.With(Through(y.Layout, window)));
        return Tape.Record(operation, y, new Input<T>(x, (gradient, _) => Cut(operation + "Gradient", gradient, window)));
    }

    /// <summary>The elements Start, Start + Step, ... (Count of them) of an axis.</summary>
    private readonly record struct AxisRange(int Start, int Count, int Step);
}
