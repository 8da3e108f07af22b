using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>An input of a captured step: memory at a fixed place, whose contents change from run to run.</summary>
internal abstract class StaticInput<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Refuses contents that do not fit; copies nothing.</summary>
    public abstract void Check(in StepInput<T> contents, int number);

    /// <summary>Takes the contents, which were checked.</summary>
    public abstract void Set(in StepInput<T> contents);

    private protected static void SameShape(int number, Shape expected, Shape given, Device device, Device givenDevice)
    {
        if (given != expected)
        {
            throw new ArgumentException($"Run: input {number} has shape {given}; the step was captured with {expected}. Capture another step for this shape, or fill up the batch.");
        }

        if (givenDevice != device)
        {
            throw new ArgumentException($"Run: input {number} is on {givenDevice.Name}, the step's on {device.Name}. Move it there with To(device), or pass host memory.");
        }
    }

    private protected static void SameCount(int number, Shape expected, int given)
    {
        if (given != expected.Count)
        {
            throw new ArgumentException($"Run: {given} elements were given for input {number}; its shape {expected} has {expected.Count}. Capture another step for another shape, or fill up the batch.");
        }
    }
}
