using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Autodiff.Kernels;

/// <summary>Random numbers, one block of the stream per thread: uniform, or standard normal by the Box-Muller transform of neighbours.</summary>
internal readonly struct RandomKernel<T, TNumbers> : IKernel<ArrayView<T>, RandomPlan>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TNumbers : struct, IRandomNumbers<T>
{
    public static void Run(ArrayView<T> y, RandomPlan plan)
    {
        uint blocks = (plan.Count + 3) / 4;
        for (uint i = Threads.First; i < blocks; i += Threads.Count)
        {
            Four<T> v = TNumbers.Uniform(plan.FirstBlock + i, plan.Seed);
            if (plan.IsNormal != 0)
            {
                ToNormal(ref v.X, ref v.Y);
                ToNormal(ref v.Z, ref v.W);
            }
            uint left = plan.Count - 4 * i;
            int at = plan.Start + (int)(4 * i);
            if (left > 3 && plan.Start % 4 == 0)
            {
                y.Cast<Four<T>>()[at >> 2] = v;
                continue;
            }
            y[at] = v.X;
            if (left > 1)
            {
                y[at + 1] = v.Y;
            }

            if (left > 2)
            {
                y[at + 2] = v.Z;
            }

            if (left > 3)
            {
                y[at + 3] = v.W;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToNormal(ref T u, ref T v)
    {
        T two = T.One + T.One, radius = T.Sqrt(-two * T.Log(T.One - u)), angle = two * T.Pi * v;
        u = radius * T.Cos(angle);
        v = radius * T.Sin(angle);
    }
}
