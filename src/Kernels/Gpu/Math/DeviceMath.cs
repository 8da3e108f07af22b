using System.Numerics;
using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace Autodiff.Kernels;

/// <summary>The elementary functions of kernels, from + - * / fma and bit casts only: at most 2 ulp on every device, special values as in IEEE 754.</summary>
/// <remarks>
/// ILGPU's own are single-precision approximations (2⁻¹¹ for tanh) or, for double, a CORDIC of 43 kB. <see cref="Register"/> makes <c>T.Exp(x)</c> and the like in kernels call these.
/// Each function has cores of its own: ILGPU imports a target of two registrations twice and then fails.
/// Integers are converted to floating point only where they are computed: ILGPU 1.5.3 converts <c>condition ? 1 : 0</c> bit by bit.
/// Tests for NaN are written as such: in OpenCL C, ILGPU may take either branch of a comparison with NaN.
/// </remarks>
internal static partial class DeviceMath
{
    /// <summary>Makes kernels of a context use these functions.</summary>
    public static void Register(IntrinsicImplementationManager manager)
    {
        foreach ((Type type, BasicValueType valueType) in ((Type, BasicValueType)[])[(typeof(float), BasicValueType.Float32), (typeof(double), BasicValueType.Float64)])
        {
            foreach ((UnaryArithmeticKind kind, string name) in ((UnaryArithmeticKind, string)[])
            [
                (UnaryArithmeticKind.ExpF, nameof(Exp)), (UnaryArithmeticKind.LogF, nameof(Log)), (UnaryArithmeticKind.TanhF, nameof(Tanh)),
                (UnaryArithmeticKind.SinF, nameof(Sin)), (UnaryArithmeticKind.CosF, nameof(Cos)),
            ])
            {
                var method = typeof(DeviceMath).GetMethod(name, [type])!;
                manager.RegisterUnaryArithmetic(kind, valueType, new PTXIntrinsic(method, IntrinsicImplementationMode.Redirect));
                manager.RegisterUnaryArithmetic(kind, valueType, new CLIntrinsic(method, IntrinsicImplementationMode.Redirect));
            }
            foreach ((BinaryArithmeticKind kind, string name) in ((BinaryArithmeticKind, string)[])[(BinaryArithmeticKind.PowF, nameof(Pow)), (BinaryArithmeticKind.Atan2F, nameof(Atan2))])
            {
                var method = typeof(DeviceMath).GetMethod(name, [type, type])!;
                manager.RegisterBinaryArithmetic(kind, valueType, new PTXIntrinsic(method, IntrinsicImplementationMode.Redirect));
                manager.RegisterBinaryArithmetic(kind, valueType, new CLIntrinsic(method, IntrinsicImplementationMode.Redirect));
            }
            RegisterMultiplyAdd(typeof(DeviceMath).GetMethod(nameof(MultiplyAdd), [type, type, type])!);
        }
        RegisterMultiplyAdd(typeof(DeviceMath).GetMethods().Single(method => method.Name == nameof(MultiplyAdd) && method.IsGenericMethodDefinition));

        MethodInfo convert = typeof(DeviceMath).GetMethod(nameof(Convert))!;
        manager.RegisterMethod(convert, new PTXIntrinsic(typeof(DeviceMath), nameof(GeneratePtxConvert), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(convert, new CLIntrinsic(typeof(DeviceMath), nameof(GenerateOpenCLConvert), IntrinsicImplementationMode.GenerateCode));

        void RegisterMultiplyAdd(MethodInfo fused)
        {
            manager.RegisterMethod(fused, new PTXIntrinsic(typeof(DeviceMath), nameof(GeneratePtxMultiplyAdd), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(fused, new CLIntrinsic(typeof(DeviceMath), nameof(GenerateOpenCLMultiplyAdd), IntrinsicImplementationMode.GenerateCode));
        }
    }

    /// <summary>ab + c, rounded once. (ILGPU compiles .NET's FusedMultiplyAdd to a call of a function that does not exist.)</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float a, float b, float c) => MathF.FusedMultiplyAdd(a, b, c);

    /// <summary>ab + c, rounded once.</summary>
    [IntrinsicImplementation]
    public static double MultiplyAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    /// <summary>ab + c, rounded once.</summary>
    [IntrinsicImplementation]
    public static T MultiplyAdd<T>(T a, T b, T c)
        where T : unmanaged, IFloatingPointIeee754<T> => T.FusedMultiplyAdd(a, b, c);

    /// <summary>A float or double as the other, or as what it is: so code for any T can go on with the type that T is. (To look at it through a pointer would put it into local memory.)</summary>
    [IntrinsicImplementation]
    public static TTo Convert<TFrom, TTo>(TFrom x)
        where TFrom : unmanaged, IFloatingPointIeee754<TFrom>
        where TTo : unmanaged, IFloatingPointIeee754<TTo> => TTo.CreateTruncating(x);

    private static void GeneratePtxConvert(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var x = generator.LoadPrimitive(value[0]);
        var target = generator.AllocateHardware(value);
        using var command = generator.BeginCommand((value[0].BasicValueType, value.BasicValueType) switch
        {
            (BasicValueType.Float32, BasicValueType.Float32) => "mov.f32",
            (BasicValueType.Float64, BasicValueType.Float64) => "mov.f64",
            (BasicValueType.Float32, _) => "cvt.f64.f32",
            _ => "cvt.rn.f32.f64",
        });
        command.AppendArgument(target);
        command.AppendArgument(x);
    }

    private static void GenerateOpenCLConvert(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var x = generator.Load(value[0]);
        var target = generator.Allocate(value);
        using var statement = generator.BeginStatement(target);
        statement.AppendCommand(value.BasicValueType == BasicValueType.Float32 ? "convert_float" : "convert_double");
        statement.BeginArguments();
        statement.AppendArgument(x);
        statement.EndArguments();
    }

    private static void GeneratePtxMultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var a = generator.LoadPrimitive(value[0]);
        var b = generator.LoadPrimitive(value[1]);
        var c = generator.LoadPrimitive(value[2]);
        var target = generator.AllocateHardware(value);
        using var command = generator.BeginCommand(value.BasicValueType == BasicValueType.Float32 ? "fma.rn.f32" : "fma.rn.f64");
        command.AppendArgument(target);
        command.AppendArgument(a);
        command.AppendArgument(b);
        command.AppendArgument(c);
    }

    private static void GenerateOpenCLMultiplyAdd(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var a = generator.Load(value[0]);
        var b = generator.Load(value[1]);
        var c = generator.Load(value[2]);
        var target = generator.Allocate(value);
        using var statement = generator.BeginStatement(target);
        statement.AppendCommand("fma");
        statement.BeginArguments();
        statement.AppendArgument(a);
        statement.AppendArgument(b);
        statement.AppendArgument(c);
        statement.EndArguments();
    }

    private static float Abs(float x) => Interop.IntAsFloat(Interop.FloatAsInt(x) & 0x7fffffffu);

    private static double Abs(double x) => Interop.IntAsFloat(Interop.FloatAsInt(x) & 0x7fffffffffffffffUL);

    /// <summary>x with the sign bit of another number added to its own. (ILGPU's CopySign has its arguments swapped.)</summary>
    private static float MultiplySign(float x, float sign) => Interop.IntAsFloat(Interop.FloatAsInt(x) ^ (Interop.FloatAsInt(sign) & 0x80000000u));

    private static double MultiplySign(double x, double sign) => Interop.IntAsFloat(Interop.FloatAsInt(x) ^ (Interop.FloatAsInt(sign) & 0x8000000000000000UL));

    /// <summary>The nearest integer, for numbers that an int holds.</summary>
    private static int Round(float x) => (int)(x + (x < 0f ? -0.5f : 0.5f));

    private static int Round(double x) => (int)(x + (x < 0.0 ? -0.5 : 0.5));

    /// <summary>x 2ⁿ, rounded once, for n that may leave the exponent's range on the way: in two steps.</summary>
    private static float Scale(float x, int n)
    {
        int half = n >> 1;
        return x * Interop.IntAsFloat((uint)((half + 127) << 23)) * Interop.IntAsFloat((uint)((n - half + 127) << 23));
    }

    private static double Scale(double x, int n)
    {
        int half = n >> 1;
        return x * Interop.IntAsFloat((ulong)(half + 1023) << 52) * Interop.IntAsFloat((ulong)(n - half + 1023) << 52);
    }
}
