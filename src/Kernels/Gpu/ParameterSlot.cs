using System.Numerics;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>One parameter in an optimizer's launch, and the groups of threads that work on it.</summary>
internal struct ParameterSlot<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The arrays; unused ones are valid all the same.</summary>
    public ParameterArray<T> Parameter, Gradient, First, Second;

    /// <summary>Their elements.</summary>
    public int Count;

    /// <summary>The first group of threads that works on the parameter, and how many do.</summary>
    public int FirstGroup, Groups;

    /// <summary>1 where all arrays begin at a multiple of four elements.</summary>
    public int IsWhole;

    /// <summary>What a thread does.</summary>
    public readonly void Update<TUpdate>(TUpdate update)
        where TUpdate : struct, IOptimizerUpdate<T>
    {
        bool isWhole = IsWhole != 0;
        uint count = (uint)Count, step = 4 * (uint)Groups * (uint)Group.DimX;
        for (uint i = 4 * ((uint)(Grid.IdxX - FirstGroup) * (uint)Group.DimX + (uint)Group.IdxX); i < count; i += step)
        {
            uint left = count - i;
            Four<T> parameter = Parameter.Read(i, left, isWhole), gradient = Gradient.Read(i, left, isWhole), first = new(), second = new();
            if (TUpdate.States > 0)
            {
                first = First.Read(i, left, isWhole);
            }

            if (TUpdate.States > 1)
            {
                second = Second.Read(i, left, isWhole);
            }

            update.Invoke(ref parameter.X, gradient.X, ref first.X, ref second.X);
            update.Invoke(ref parameter.Y, gradient.Y, ref first.Y, ref second.Y);
            update.Invoke(ref parameter.Z, gradient.Z, ref first.Z, ref second.Z);
            update.Invoke(ref parameter.W, gradient.W, ref first.W, ref second.W);
            if (TUpdate.States > 0)
            {
                First.Write(i, left, isWhole, first);
            }

            if (TUpdate.States > 1)
            {
                Second.Write(i, left, isWhole, second);
            }

            Parameter.Write(i, left, isWhole, parameter);
        }
    }
}
