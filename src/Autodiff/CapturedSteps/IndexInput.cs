using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Indices, such as classes, as an input of a captured step.</summary>
internal sealed class IndexInput<T> : StaticInput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A copy of the first contents, in memory that belongs to the recording.</summary>
    public IndexInput(Indices first, Recording recording)
    {
        View<int> source = first.View, own = new(new Storage<int>(first.Device, first.Count), new Layout(first.Shape));
        recording.Own(own.Storage);
        first.Device.Copy(source, own);
        Indices = new Indices(own, first.Bounds.Minimum, first.Bounds.Maximum);
    }

    /// <summary>What the captured function sees.</summary>
    public Indices Indices { get; }

    /// <inheritdoc/>
    public override void Check(in StepInput<T> contents, int number)
    {
        if (!contents.IsInteger)
        {
            throw new ArgumentException($"Run: {typeof(T).Name}s were given for input {number}, which is indices of shape {Indices.Shape}.");
        }

        if (contents.Indices is { } indices)
        {
            SameShape(number, Indices.Shape, indices.Shape, Indices.Device, indices.Device);
            Indices.Bounds.RefuseBeyondLimit(number, indices.Bounds.Minimum, indices.Bounds.Maximum);
        }
        else
        {
            SameCount(number, Indices.Shape, contents.Integers.Length);
            (int minimum, int maximum) = IndexBounds.Of(contents.Integers);
            Indices.Bounds.RefuseBeyondLimit(number, minimum, maximum);
        }
    }

    /// <inheritdoc/>
    public override void Set(in StepInput<T> contents)
    {
        View<int> own = Indices.View;
        if (contents.Indices is not { } indices)
        {
            own.Device.Upload(contents.Integers, own.Storage, 0);
        }
        else if (indices.View.Storage != own.Storage)
        {
            own.Device.Copy(indices.View, own);
        }
    }
}
