using System.Numerics;

namespace Autodiff.Kernels;

internal sealed unsafe partial class CpuDevice
{
    // Parameters whose arrays are listed on the stack; longer lists go through several passes.
    private const int AdamParametersPerPass = 64;

    internal override void AdamCore<T>(ReadOnlySpan<AdamParameter<T>> parameters, in AdamStep step)
    {
        AdamJob<T>.Segment* segments = stackalloc AdamJob<T>.Segment[AdamParametersPerPass];
        for (; parameters.Length > AdamParametersPerPass; parameters = parameters[AdamParametersPerPass..])
        {
            AdamPass(parameters[..AdamParametersPerPass], segments, step);
        }

        AdamPass(parameters, segments, step);
    }

    private static void AdamPass<T>(ReadOnlySpan<AdamParameter<T>> parameters, AdamJob<T>.Segment* segments, in AdamStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long elements = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            AdamParameter<T> parameter = parameters[i];
            segments[i] = new AdamJob<T>.Segment
            {
                Parameter = Pointer(parameter.Parameter.Storage) + parameter.Parameter.Layout.Offset,
                Gradient = Pointer(parameter.Gradient.Storage) + parameter.Gradient.Layout.Offset,
                FirstMoment = Pointer(parameter.FirstMoment.Storage) + parameter.FirstMoment.Layout.Offset,
                SecondMoment = Pointer(parameter.SecondMoment.Storage) + parameter.SecondMoment.Layout.Offset,
                Start = elements,
                Length = parameter.Parameter.Count,
            };
            elements += parameter.Parameter.Count;
        }
        AdamJob<T>.Run(segments, parameters.Length, elements, step);
        foreach (AdamParameter<T> parameter in parameters)
        {
            KeepAlive(parameter.Parameter.Storage, parameter.Gradient.Storage, parameter.FirstMoment.Storage, parameter.SecondMoment.Storage);
        }
    }
}
