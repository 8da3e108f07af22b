using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>An optimizer's step of up to 16 parameters, named by the launch's arguments: for devices whose kernels know memory by its arguments alone.</summary>
internal readonly struct OptimizerKernel<T, TUpdate> : IKernel<SlotArguments<T>, TUpdate>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TUpdate : struct, IOptimizerUpdate<T>
{
    public static void Run(SlotArguments<T> slots, TUpdate update) => slots.Of(Grid.IdxX).Update(update);
}
