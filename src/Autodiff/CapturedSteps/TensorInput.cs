using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A tensor as an input of a captured step.</summary>
internal sealed class TensorInput<T> : StaticInput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A copy of the first contents, in memory that belongs to the recording.</summary>
    public TensorInput(Tensor<T> first, Recording recording)
    {
        View<T> source = first.View, own = new(new Storage<T>(first.Device, first.Count), new Layout(first.Shape));
        recording.Own(own.Storage);
        first.Device.Copy(source, own);
        Tensor = new Tensor<T>(own);
    }

    /// <summary>What the captured function sees.</summary>
    public Tensor<T> Tensor { get; }

    /// <inheritdoc/>
    public override void Check(in StepInput<T> contents, int number)
    {
        if (contents.IsInteger)
        {
            throw new ArgumentException($"Run: indices were given for input {number}, which is a tensor of {typeof(T).Name}s of shape {Tensor.Shape}.");
        }

        if (contents.Tensor is { } tensor)
        {
            SameShape(number, Tensor.Shape, tensor.Shape, Tensor.Device, tensor.Device);
        }
        else
        {
            SameCount(number, Tensor.Shape, contents.Values.Length);
        }
    }

    /// <inheritdoc/>
    public override void Set(in StepInput<T> contents)
    {
        View<T> own = Tensor.View;
        if (contents.Tensor is not { } tensor)
        {
            own.Device.Upload(contents.Values, own.Storage, 0);
        }
        else if (tensor.View.Storage != own.Storage)
        {
            own.Device.Copy(tensor.View, own);
        }
    }
}
