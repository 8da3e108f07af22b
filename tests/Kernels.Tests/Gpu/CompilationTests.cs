using System.Reflection;
using Autodiff.Kernels;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Compiles every kernel, with every op and type it can have, for the machines that are not here.</summary>
public class CompilationTests(ITestOutputHelper output)
{
    private static readonly Type[] Types = typeof(Walk).Assembly.GetTypes();

    public static TheoryData<string> Targets => ["sm_75", "sm_80", "sm_90", "opencl"];

    [Theory, MemberData(nameof(Targets))]
    public void EveryKernelCompiles(string target)
    {
        MethodInfo[] kernels = [.. AllKernels()];
        Assert.True(kernels.Length > 100, $"found only {kernels.Length} kernels");
        // Kernels compile one after another in a context; two contexts keep two cores busy.
        Parallel.For(0, 2, part =>
        {
            using Context context = Context.Create(builder => GpuDiscovery.Configure(builder));
            for (int i = part; i < kernels.Length; i += 2)
                Compile(context, target, kernels[i]);
        });
        output.WriteLine($"{kernels.Length} kernels for {target}");
    }

    private static void Compile(Context context, string target, MethodInfo kernel)
    {
        string text;
        try
        {
            EntryPointDescription entry = EntryPointDescription.FromExplicitlyGroupedKernel(kernel);
            if (target == "opencl")
            {
                ConstructorInfo constructor = typeof(CLCapabilityContext).GetConstructors()[0];
                var capabilities = (CLCapabilityContext)constructor.Invoke([.. constructor.GetParameters().Select(_ => (object)true)]);
                using var backend = new CLBackend(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL30);
                text = ((CLCompiledKernel)backend.Compile(entry, default)).Source;
            }
            else
            {
                CudaArchitecture architecture = target switch { "sm_75" => CudaArchitecture.SM_75, "sm_80" => CudaArchitecture.SM_80, _ => CudaArchitecture.SM_90 };
                using var backend = new PTXBackend(context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_78, null);
                text = ((PTXCompiledKernel)backend.Compile(entry, default)).PTXAssembly;
            }
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{kernel.DeclaringType} does not compile for {target}: {e.GetBaseException().Message}", e);
        }
        string name = $"{kernel.DeclaringType} for {target}";
        if (Environment.GetEnvironmentVariable("AUTODIFF_TEST_KERNELS") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"{string.Concat(kernel.DeclaringType!.ToString().Select(c => char.IsLetterOrDigit(c) ? c : '_'))}.{target}"), text);
        // No approximations, no atomics, no calls of functions that do not exist.
        foreach (string forbidden in (string[])["ex2.approx", "lg2.approx", "tanh.approx", "sin.approx", "cos.approx", "rcp.approx", "div.full", "div.approx", "sqrt.approx", "atom.", "atomic_", "FusedMultiplyAdd"])
            Assert.False(text.Contains(forbidden, StringComparison.Ordinal), $"{name} has {forbidden}");
    }

    /// <summary>Every closed form of every kernel type.</summary>
    private static IEnumerable<MethodInfo> AllKernels() =>
        from type in Types
        // Kernels with inline PTX are for CUDA alone; TensorGemmTests compiles them.
        where type.IsValueType && !type.Name.StartsWith("TensorGemm", StringComparison.Ordinal) && type.GetInterfaces().Any(i => i.Name.StartsWith("IKernel`", StringComparison.Ordinal))
        from closed in Closed(type, [])
        where IsSample(closed)
        select closed.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;

    /// <summary>Whether a kernel can be launched and is not one of many that differ in their epilogue alone: those are compiled with one pair of layouts.</summary>
    private static bool IsSample(Type kernel)
    {
        string[] arguments = [.. kernel.GetGenericArguments().Select(argument => argument.Name.Split('`')[0])];
        return kernel.Name.Split('`')[0] switch
        {
            "GemmKernel" => arguments[4] == "StoreProduct" || (arguments is [_, _, "SummedMajor", "KeptMajor", _] && arguments[4] != "StoreImages"),
            "ConvolutionKernel" => arguments is [_, _, "KeptMajor", "StoreImages"] or [_, _, "SummedMajor", "StoreProduct"],
            _ => true,
        };
    }

    private static IEnumerable<Type> Closed(Type open, Type[] arguments)
    {
        Type[] parameters = open.GetGenericArguments();
        if (arguments.Length == parameters.Length)
            return [open.MakeGenericType(arguments)];
        return Candidates(parameters[arguments.Length], arguments).SelectMany(candidate => Closed(open, [.. arguments, candidate]));
    }

    private static IEnumerable<Type> Candidates(Type parameter, Type[] before)
    {
        Type? constraint = parameter.GetGenericParameterConstraints().FirstOrDefault(c => c.Assembly == typeof(Walk).Assembly);
        if (constraint is null)
        {
            bool isFloating = parameter.GetGenericParameterConstraints().Any(c => c.IsInterface);
            return isFloating ? [typeof(float), typeof(double)] : [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)];
        }
        return from type in Types
               from implemented in type.GetInterfaces()
               where type.IsValueType && implemented.Name == constraint.Name
               where type.IsGenericTypeDefinition || !implemented.IsGenericType || implemented.GetGenericArguments()[0] == before[0]
               select !type.IsGenericTypeDefinition ? type
                   // Operations inside of epilogues are compiled as kernels of their own as well.
                   : type.GetGenericArguments().Length == 2 ? type.MakeGenericType(before[0], typeof(Autodiff.Kernels.Elementwise.Add<>).MakeGenericType(before[0]))
                   : type.MakeGenericType(before[0]);
    }
}
