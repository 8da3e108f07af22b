using System.Reflection;
using Autodiff.Kernels;
using Autodiff.Kernels.Elementwise;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Kernels.Tests.Gpu;

/// <summary>Every kernel that the library can launch, compiled without a GPU.</summary>
internal static class KernelCatalog
{
    private static readonly Type[] Types = typeof(Walk).Assembly.GetTypes();

    /// <summary>Every closed form of every kernel type.</summary>
    public static IEnumerable<MethodInfo> All() =>
        from type in Types
        // Kernels with inline PTX are for CUDA alone: see OfTensorCores.
        where type.IsValueType && !type.Name.StartsWith("TensorGemm", StringComparison.Ordinal) && type.GetInterfaces().Any(i => i.Name.StartsWith("IKernel`", StringComparison.Ordinal))
        from closed in Closed(type, [])
        where IsSample(closed)
        select closed.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;

    /// <summary>The kernels for tensor cores, which CUDA alone has: all layouts, and the epilogues with one of them.</summary>
    public static IEnumerable<MethodInfo> OfTensorCores() =>
        from precision in (Type[])[typeof(SplitTf32), typeof(RoundedTf32)]
        from left in (Type[])[typeof(SummedMajor), typeof(KeptMajor)]
        from right in (Type[])[typeof(SummedMajor), typeof(KeptMajor)]
        from epilogue in (Type[])[typeof(StoreProduct<float>), typeof(StoreAdamStep<float>), typeof(StoreCombined<float, Add<float>>)]
        where epilogue == typeof(StoreProduct<float>) || (left == typeof(SummedMajor) && right == typeof(KeptMajor))
        select typeof(TensorGemmKernel<,,,>).MakeGenericType(precision, left, right, epilogue).GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;

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
        {
            return [open.MakeGenericType(arguments)];
        }

        return Candidates(parameters[arguments.Length], arguments).SelectMany(candidate => Closed(open, [.. arguments, candidate]));
    }

    private static IEnumerable<Type> Candidates(Type parameter, Type[] before)
    {
        Type? constraint = parameter.GetGenericParameterConstraints().FirstOrDefault(c => c.Assembly == typeof(Walk).Assembly);
        if (constraint is null)
        {
            bool isFloating = parameter.GetGenericParameterConstraints().Any(c => c.IsInterface && c.Name != "IBinaryInteger`1");
            return isFloating ? [typeof(float), typeof(double)] : [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)];
        }
        return from type in Types
               from implemented in type.GetInterfaces()
               where type.IsValueType && implemented.Name == constraint.Name
               where type.IsGenericTypeDefinition || !implemented.IsGenericType || implemented.GetGenericArguments()[0] == before[0]
               select type.IsGenericTypeDefinition ? OfNumbers(type, before[0]) : type;
    }

    /// <summary>An op of a type of numbers; one that is made of others is made of the first that are not, for each.</summary>
    private static Type OfNumbers(Type open, Type numbers) => open.MakeGenericType([numbers, .. open.GetGenericArguments().Skip(1).Select(part => FirstSimple(part).MakeGenericType(numbers))]);

    private static Type FirstSimple(Type parameter)
    {
        string constraint = parameter.GetGenericParameterConstraints().First(c => c.Assembly == typeof(Walk).Assembly).Name;
        return Types.First(type => type.IsValueType && type.GetGenericArguments().Length == 1 && type.GetInterfaces().Any(implemented => implemented.Name == constraint));
    }

    /// <summary>A kernel in the assembly language of NVIDIA GPUs, within the bounds of its launches where it states any.</summary>
    public static string Ptx(Context context, CudaArchitecture architecture, MethodInfo kernel)
    {
        using var backend = new PTXBackend(context, new CudaCapabilityContext(architecture), architecture, CudaInstructionSet.ISA_78, null);
        var bounds = (KernelSpecialization?)kernel.DeclaringType!.GetProperty("Bounds", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), bounds ?? default)).PTXAssembly;
    }

    /// <summary>A kernel as C# writes it, its operation without the type of the numbers: <c>MapKernel&lt;float, Exp&gt;</c>.</summary>
    public static string NameOf(MethodInfo kernel) => NameOf(kernel.DeclaringType!, true);

    private static string NameOf(Type type, bool isKernel) => Type.GetTypeCode(type) switch
    {
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.Byte => "byte",
        TypeCode.UInt16 => "ushort",
        TypeCode.UInt32 => "uint",
        TypeCode.UInt64 => "ulong",
        _ when !type.IsGenericType => type.Name,
        _ when isKernel => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(argument => NameOf(argument, false)))}>",
        _ => type.Name.Split('`')[0],
    };
}
