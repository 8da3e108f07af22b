using System.Diagnostics;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>Work of this library on a device.</summary>
/// <param name="device">The device.</param>
/// <param name="prepare">Makes the data and gives the work.</param>
public sealed class DeviceWork(Device device, Func<Action> prepare) : IContender
{
    private Action? _work;

    /// <inheritdoc/>
    public void SetUp()
    {
        _work = prepare();
        _work();
        device.Synchronize();
    }

    /// <inheritdoc/>
    public double Time(int repetitions)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++)
        {
            _work!();
        }

        device.Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work = null;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        device.EmptyCache();
    }
}
