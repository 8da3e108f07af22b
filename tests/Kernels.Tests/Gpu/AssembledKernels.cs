using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Autodiff.Kernels;
using ILGPU;
using ILGPU.Runtime.Cuda;

namespace Kernels.Tests.Gpu;

/// <summary>Every kernel as PTX and as ptxas, NVIDIA's assembler, sees it for an H200 (sm_90). Needs no GPU.</summary>
public sealed partial class AssembledKernels : IDisposable
{
    /// <summary>The environment variable with the path of ptxas.</summary>
    public const string Variable = "AUTODIFF_PTXAS";

    private readonly string _folder = Directory.CreateTempSubdirectory("autodiff-ptxas-").FullName;
    private readonly Lazy<Kernel[]> _all;

    public AssembledKernels() => _all = new(Assemble);

    /// <summary>The kernels, by name; skips the test where there is no ptxas.</summary>
    public IReadOnlyList<Kernel> All
    {
        get
        {
            Assert.SkipUnless(
                Environment.GetEnvironmentVariable(Variable) is { Length: > 0 },
                $"{Variable} does not say where ptxas is (part of the CUDA toolkit; Debian: nvidia-cuda-toolkit in non-free).");
            return _all.Value;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Kernel[] Assemble()
    {
        MethodInfo[] kernels = [.. KernelCatalog.All(), .. KernelCatalog.OfTensorCores()];
        ConcurrentBag<Kernel> assembled = [];
        // Kernels compile one after another in a context; some contexts keep some cores busy.
        int parts = Math.Clamp(Environment.ProcessorCount, 2, 8);
        Parallel.For(0, parts, part =>
        {
            using Context context = Context.Create(builder => GpuDiscovery.Configure(builder));
            for (int i = part; i < kernels.Length; i += parts)
            {
                assembled.Add(Assemble(KernelCatalog.NameOf(kernels[i]), KernelCatalog.Ptx(context, CudaArchitecture.SM_90, kernels[i]), Path.Combine(_folder, $"{i}.ptx")));
            }
        });
        return [.. assembled.OrderBy(kernel => kernel.Name, StringComparer.Ordinal)];
    }

    private static Kernel Assemble(string name, string ptx, string file)
    {
        File.WriteAllText(file, ptx);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable(Variable)!, ["-arch=sm_90", "-v", "-o", "/dev/null", file]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string report = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Match stack = StackFrame().Match(report), registers = Registers().Match(report);
        if (process.ExitCode != 0 || !stack.Success || !registers.Success)
        {
            throw new InvalidOperationException($"ptxas could not assemble {name} (exit status {process.ExitCode}):\n{report}");
        }
        return new Kernel(name, ptx, Number(registers, 1), Number(stack, 1), Number(stack, 2) + Number(stack, 3));
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")]
    private static partial Regex StackFrame();

    [GeneratedRegex(@"Used (\d+) registers")]
    private static partial Regex Registers();

    /// <summary>One kernel.</summary>
    /// <param name="Name">As C# writes it.</param>
    /// <param name="Ptx">What ILGPU made of it.</param>
    /// <param name="RegistersUsed">The registers of a thread.</param>
    /// <param name="Stack">The bytes of a thread's stack, which is local memory.</param>
    /// <param name="Spilled">The bytes that a thread stores to and loads from there because it has no register left.</param>
    public sealed record Kernel(string Name, string Ptx, int RegistersUsed, int Stack, int Spilled);
}
