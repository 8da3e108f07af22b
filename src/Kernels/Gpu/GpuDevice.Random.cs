using ILGPU;

namespace Autodiff.Kernels;

internal sealed partial class GpuDevice
{
    /// <inheritdoc/>
    internal override void RandomUniformCore<T>(View<T> y, ulong seed, ulong offset) => Draw(y, seed, offset, isNormal: false);

    /// <inheritdoc/>
    internal override void RandomNormalCore<T>(View<T> y, ulong seed, ulong offset) => Draw(y, seed, offset, isNormal: true);

    private void Draw<T>(View<T> y, ulong seed, ulong offset, bool isNormal)
        where T : unmanaged
    {
        if (y.Count == 0)
        {
            return;
        }

        RandomPlan plan = new() { Seed = seed, FirstBlock = offset / 4, Count = (uint)y.Count, Start = y.Layout.Offset, IsNormal = isNormal ? 1 : 0 };
        KernelConfig config = Over((plan.Count + 3) / 4);
        if (typeof(T) == typeof(float))
        {
            Launch(default(RandomKernel<float, RandomSingles>), config, Elements(y).Cast<float>(), plan);
        }
        else if (typeof(T) == typeof(double))
        {
            Launch(default(RandomKernel<double, RandomDoubles>), config, Elements(y).Cast<double>(), plan);
        }
        else
        {
            throw new NotSupportedException($"Random numbers are float or double, not {typeof(T).Name}.");
        }
    }
}
