using System.Numerics;

namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    // Parameters whose arrays are listed on the stack; longer lists go through several passes.
    private const int ParametersPerPass = 64;

    internal override void AdamCore<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step) => Update<T, AdamParameter<T>, AdamUpdate<T>>(parameters, new(step));

    internal override void SgdCore<T>(ReadOnlySpan<SgdParameter<T>> parameters, in SgdStep step)
    {
        if (step.Momentum == 0)
        {
            Update<T, SgdParameter<T>, SgdUpdate<T>>(parameters, new(step));
        }
        else
        {
            Update<T, SgdParameter<T>, MomentumUpdate<T>>(parameters, new(step));
        }
    }

    private static void Update<T, TParameter, TUpdate>(ReadOnlySpan<TParameter> parameters, TUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TParameter : struct, IOptimizerParameter<T>
        where TUpdate : struct, IOptimizerUpdate<T>
    {
        OptimizerJob<T, TUpdate>.Segment* segments = stackalloc OptimizerJob<T, TUpdate>.Segment[ParametersPerPass];
        for (; parameters.Length > ParametersPerPass; parameters = parameters[ParametersPerPass..])
        {
            UpdateInOnePass(parameters[..ParametersPerPass], segments, update);
        }

        UpdateInOnePass(parameters, segments, update);
    }

    private static void UpdateInOnePass<T, TParameter, TUpdate>(ReadOnlySpan<TParameter> parameters, OptimizerJob<T, TUpdate>.Segment* segments, TUpdate update)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TParameter : struct, IOptimizerParameter<T>
        where TUpdate : struct, IOptimizerUpdate<T>
    {
        long elements = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            TParameter slot = parameters[i];
            segments[i] = new OptimizerJob<T, TUpdate>.Segment
            {
                Parameter = First(slot.Parameter),
                Gradient = First(slot.Gradient),
                First = TUpdate.States > 0 ? First(slot.First) : null,
                Second = TUpdate.States > 1 ? First(slot.Second) : null,
                Start = elements,
                Length = slot.Parameter.Count,
            };
            elements += slot.Parameter.Count;
        }
        OptimizerJob<T, TUpdate>.Run(segments, parameters.Length, elements, update);
        foreach (TParameter slot in parameters)
        {
            KeepAlive(slot.Parameter.Storage, slot.Gradient.Storage, slot.First.Storage, slot.Second.Storage);
        }

        static T* First(View<T> view) => Pointer(view.Storage) + view.Layout.Offset;
    }
}
