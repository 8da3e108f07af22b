using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Autodiff.Kernels;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Device = Autodiff.Kernels.Device;

namespace Autodiff.Tests.StubDriver;

/// <summary>The program that <see cref="StubDriverTests"/> runs on the stub of NVIDIA's driver, in place of the tests: training of the tutorial's network.</summary>
/// <remarks>Kernels do not run, so that all numbers are meaningless; what the driver is asked for is not.</remarks>
internal static partial class StubbedProgram
{
    /// <summary>The environment variable that turns the tests into this program.</summary>
    public const string Variable = "AUTODIFF_TEST_STUB_DRIVER";

    private const int Stimuli = 360;
    private const int Neurons = 23_589;
    private const int HiddenUnits = 100;
    private const int WarmUpSteps = 5;
    private const int Steps = 10;

    private static readonly List<StubScenario> Found = [];

    [ModuleInitializer]
    internal static void Run()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }
        try
        {
            RunScenarios();
            RunManyParameters();
            RunGraph();
            Console.WriteLine(JsonSerializer.Serialize(Found));
            Environment.Exit(0);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(e);
            Environment.Exit(1);
        }
    }

    private static void RunScenarios()
    {
        Device device = Device.Cuda();
        Linear<float> hidden = new(Neurons, HiddenUnits, new Generator(1), device: device);
        Sequential<float> network = [hidden, new Relu<float>(), new Linear<float>(HiddenUnits, 1, new Generator(2), device: device)];
        var optimizer = new Adam<float>(network.Parameters, learningRate: 1e-3);
        float[] responses = new float[Stimuli * Neurons];
        Tensor<float> x = Tensor.Create(responses, [Stimuli, Neurons], device), y = Tensor.Zeros<float>([Stimuli, 1], device);
        float[] loss = new float[1];
        string[] Kernels(long first) => KernelsSince(device, first);

        Tensor<float> MakeStep(Tape tape)
        {
            Tensor<float> error = Loss.MeanSquaredError(network.Forward(x), y);
            optimizer.ZeroGradient();
            tape.Backward(error);
            optimizer.Step();
            return error;
        }

        void Step(bool readsLoss)
        {
            using var tape = new Tape();
            Tensor<float> error = MakeStep(tape);
            if (readsLoss)
            {
                error.CopyTo(loss);
            }
        }

        Measure(Kernels, "training step", () => Step(readsLoss: false));
        Measure(Kernels, "training step and its loss", () => Step(readsLoss: true));
        using (CapturedStep<float> captured = Autodiff.Step.Capture(MakeStep))
        {
            Measure(Kernels, "captured training step", () => captured.Run());
            MakeGraphsFail(true);
            using CapturedStep<float> listed = Autodiff.Step.Capture(MakeStep);
            Measure(Kernels, "captured training step, no graphs", () => listed.Run());
            MakeGraphsFail(false);
        }
        Measure(Kernels, "inference", () =>
        {
            using var scope = new Tape(record: false);
            network.Forward(x);
        });
        Measure(Kernels, "upload of a batch", () =>
        {
            using var scope = new Tape(record: false);
            Tensor.Create(responses, [Stimuli, Neurons], device);
        });
    }

    private static void Measure(Func<long, string[]> kernelsSince, string name, Action work)
    {
        for (int i = 0; i < WarmUpSteps; i++)
        {
            work();
        }
        DriverCounts before = Counts();
        DriverCounts last = before;
        for (int i = 0; i < Steps; i++)
        {
            last = Counts();
            work();
        }
        Found.Add(new StubScenario(name, Steps, Counts() - before, kernelsSince(last.Launches)));
    }

    private static DriverCounts Counts()
    {
        stub_counts(out DriverCounts counts);
        return counts;
    }

    /// <summary>The driver knows kernels by handles; the device's launchers know what they stand for.</summary>
    private static unsafe string[] KernelsSince(Device device, long first)
    {
        var launchers = (Delegate?[])device.GetType().GetField("_launchers", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(device)!;
        Dictionary<nint, string> names = [];
        foreach (Delegate launcher in launchers.OfType<Delegate>())
        {
            var kernel = (CudaKernel)launcher.GetKernel();
            names[kernel.FunctionPtr] = NameOf(kernel.CompiledKernel.SourceMethod.DeclaringType!);
        }
        nint* handles = stackalloc nint[256];
        int count = stub_launches(first, handles, 256);
        return [.. new ReadOnlySpan<nint>(handles, count).ToArray().Select(handle => names.GetValueOrDefault(handle, "unknown"))];
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    [LibraryImport("libcuda.so.1")]
    private static partial void stub_counts(out DriverCounts counts);

    private static void MakeGraphsFail(bool fail) => stub_refuse_graphs(fail ? 1 : 0);

    [LibraryImport("libcuda.so.1")]
    private static partial void stub_refuse_graphs(int refuse);

    [LibraryImport("libcuda.so.1")]
    private static unsafe partial int stub_launches(long first, nint* functions, int capacity);
}
