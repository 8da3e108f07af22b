using System.Reflection;
using System.Text.RegularExpressions;
using Autodiff.Kernels;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Compiles every kernel, with every op and type it can have, for the machines that are not here.</summary>
public partial class CompilationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Targets => ["sm_75", "sm_80", "sm_90", "opencl"];

    [Theory, MemberData(nameof(Targets))]
    public void EveryKernelCompiles(string target)
    {
        MethodInfo[] kernels = [.. KernelCatalog.All()];
        Assert.True(kernels.Length > 100, $"found only {kernels.Length} kernels");
        // Kernels compile one after another in a context; two contexts keep two cores busy.
        Parallel.For(0, 2, part =>
        {
            using Context context = Context.Create(builder => GpuDiscovery.Configure(builder));
            for (int i = part; i < kernels.Length; i += 2)
            {
                Compile(context, target, kernels[i]);
            }
        });
        output.WriteLine($"{kernels.Length} kernels for {target}");
    }

    /// <summary>What streams through memory does so 128 bits at a time.</summary>
    public static TheoryData<Type, bool> StreamingKernels => new()
    {
        { typeof(MapKernel<float, Negate<float>>), true },
        { typeof(MapKernel<double, Negate<double>>), true },
        { typeof(ZipKernel<float, Add<float>>), true },
        { typeof(ZipThreeKernel<float, Where<float>>), true },
        { typeof(CopyKernel<uint>), true },
        { typeof(GatherKernel<float>), true },
    };

    [Theory, MemberData(nameof(StreamingKernels))]
    public void StreamsAreReadAndWrittenInFours(Type kernel, bool writes)
    {
        using Context context = Context.Create(builder => GpuDiscovery.Configure(builder));
        string text = KernelCatalog.Ptx(context, CudaArchitecture.SM_90, kernel.GetMethod("Run")!);
        string width = kernel.GetGenericArguments()[0] == typeof(double) ? "v2.f64" : kernel.GetGenericArguments()[0] == typeof(uint) ? "v4.b32" : "v4.f32";
        Assert.Contains($"ld.{width}", text);
        if (writes)
        {
            Assert.Contains($"st.{width}", text);
        }
    }

    /// <summary>A group's writes come before its arrival, and its arrival before what the last one reads: for all of its threads.</summary>
    [Fact]
    public void ArrivalsAreFencedOnBothSides()
    {
        using Context context = Context.Create(builder => GpuDiscovery.Configure(builder));
        MethodInfo kernel = typeof(GemmKernel<float, Tile32x64, SummedMajor, KeptMajor, StoreProduct<float>>).GetMethod("Run")!;
        string text = KernelCatalog.Ptx(context, CudaArchitecture.SM_90, kernel);
        Match arrival = Assert.Single(ArrivalCount().Matches(text));
        // Shared memory and arguments aside, nothing is written between the first fence and the arrival, or read between that and the second one.
        Assert.Matches(@"\bmembar\.gl;\s+bar\.sync\s+0;((?!\bst\.(?!shared)).)*$", text[..arrival.Index].ReplaceLineEndings(" "));
        Assert.Matches(@"^((?!\bld\.(?!shared|param)).)*\bbar\.sync\s+0;((?!\bld\.(?!shared|param)).)*\bmembar\.gl;", text[arrival.Index..].ReplaceLineEndings(" "));
    }

    /// <summary>What <see cref="Arrivals"/> counts with: an integer.</summary>
    [GeneratedRegex(@"\batom\.add\.u32\b|\batomic_fetch_add \(\(atomic_int\*\)")]
    private static partial Regex ArrivalCount();

    private static void Compile(Context context, string target, MethodInfo kernel)
    {
        string text;
        try
        {
            if (target == "opencl")
            {
                EntryPointDescription entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
                ConstructorInfo constructor = typeof(CLCapabilityContext).GetConstructors()[0];
                var capabilities = (CLCapabilityContext)constructor.Invoke([.. constructor.GetParameters().Select(_ => (object)true)]);
                using var backend = new CLBackend(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL30);
                text = ((CLCompiledKernel)backend.Compile(entry, default)).Source;
            }
            else
            {
                CudaArchitecture architecture = target switch { "sm_75" => CudaArchitecture.SM_75, "sm_80" => CudaArchitecture.SM_80, _ => CudaArchitecture.SM_90 };
                text = KernelCatalog.Ptx(context, architecture, kernel);
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{kernel.DeclaringType} does not compile for {target}: {e.GetBaseException().Message}", e);
        }
        string name = $"{kernel.DeclaringType} for {target}";
        if (Environment.GetEnvironmentVariable("AUTODIFF_TEST_KERNELS") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, $"{string.Concat(kernel.DeclaringType!.ToString().Select(c => char.IsLetterOrDigit(c) ? c : '_'))}.{target}"), text);
        }
        // No approximations, no calls of functions that do not exist, and no atomics, whose order differs from run to run, but for counting the groups that arrive.
        text = ArrivalCount().Replace(text, "");
        foreach (string forbidden in (string[])["ex2.approx", "lg2.approx", "tanh.approx", "sin.approx", "cos.approx", "rcp.approx", "div.full", "div.approx", "sqrt.approx", "atom.", "atomic_", "FusedMultiplyAdd"])
        {
            Assert.False(text.Contains(forbidden, StringComparison.Ordinal), $"{name} has {forbidden}");
        }
    }
}
