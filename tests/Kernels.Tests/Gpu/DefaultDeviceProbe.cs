using System.Diagnostics;
using System.Runtime.CompilerServices;
using Autodiff.Kernels;

namespace Kernels.Tests.Gpu;

/// <summary>What a fresh process finds as its default device; run in place of the tests where <see cref="Variable"/> is set.</summary>
internal static class DefaultDeviceProbe
{
    public const string Variable = "AUTODIFF_TEST_PROBE";

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }

        try
        {
            long start = Stopwatch.GetTimestamp();
            DeviceKind kind = Device.Default.Kind;
            Console.WriteLine($"kind {kind}, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F2} ms");
        }
        catch (DeviceNotFoundException e)
        {
            Console.WriteLine(e.Message);
        }
        Console.WriteLine($"ILGPU {AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "ILGPU")}");
        Environment.Exit(0);
    }
}
