using System.Numerics;
using System.Reflection;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Every elementwise op of the library, found by reflection: what a device computes is what its scalar body computes here.</summary>
public class EveryOpTests
{
    private static readonly double[] Values =
    [
        0, -0.0, 0.25, -0.25, 1, -1, 1.5, -1.5, 3, -3, 7.25, -7.25, 20, -20, 90, -90, 1e-3, -1e-3, 1e-9, -1e-9, 1e30, -1e30,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, .. Enumerable.Range(0, 75).Select(i => -6 + 0.163 * i),
    ];

    public static TheoryData<string> Devices => TestDevices.Names;

    [Theory, MemberData(nameof(Devices))]
    public void DevicesComputeWhatTheScalarBodySays(string name)
    {
        Device device = Device.Parse(name);
        int ops = 0;
        // Those with more type arguments are made of others.
        foreach (Type open in typeof(Walk).Assembly.GetTypes()
            .Where(type => type is { IsValueType: true, IsGenericTypeDefinition: true } && type.GetGenericArguments().Length == 1))
        {
            foreach (Type implemented in open.GetInterfaces())
            {
                string? method = implemented.Name switch { "IUnaryKernel`1" => nameof(One), "IBinaryKernel`1" => nameof(Two), "ITernaryKernel`1" => nameof(Three), _ => null };
                if (method is null)
                {
                    continue;
                }

                ops++;
                foreach (Type type in (Type[])[typeof(float), typeof(double)])
                {
                    Type op = open.MakeGenericType(type);
                    MethodInfo run = typeof(EveryOpTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type, op);
                    run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [device, Make(op, type)], null);
                }
            }
        }
        Assert.True(ops > 25, $"found only {ops} ops");
    }

    /// <summary>An op whose constants are 0.75, 1.75, ...</summary>
    private static object Make(Type op, Type type)
    {
        ConstructorInfo? constructor = op.GetConstructors().FirstOrDefault(c => c.GetParameters().Length > 0);
        return constructor is null
            ? Activator.CreateInstance(op)!
            : constructor.Invoke([.. constructor.GetParameters().Select((_, i) => Convert.ChangeType(0.75 + i, type))]);
    }

    private static void One<T, TOp>(Device device, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IUnaryKernel<T>
    {
        T[] x = Cast<T>(Values);
        View<T> y = device.View([x.Length], new T[x.Length]);
        device.Map(device.View([x.Length], x), y, op);
        T[] actual = y.Storage();
        for (int i = 0; i < x.Length; i++)
        {
            AssertSame(op, $"{x[i]}", op.Invoke(x[i]), actual[i]);
        }
    }

    private static void Two<T, TOp>(Device device, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, IBinaryKernel<T>
    {
        T[] some = Cast<T>(Values[..30]), a = [.. some.SelectMany(v => Enumerable.Repeat(v, some.Length))], b = [.. some.SelectMany(_ => some)];
        View<T> y = device.View([some.Length, some.Length], new T[a.Length]);
        device.Zip(device.View([some.Length, 1], some), device.View([some.Length], some), y, op);
        T[] actual = y.Storage();
        for (int i = 0; i < a.Length; i++)
        {
            AssertSame(op, $"{a[i]}, {b[i]}", op.Invoke(a[i], b[i]), actual[i]);
        }
    }

    private static void Three<T, TOp>(Device device, TOp op)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TOp : struct, ITernaryKernel<T>
    {
        T[] a = Cast<T>(Values), b = [.. a.Reverse()], c = [.. a.Skip(3), .. a.Take(3)];
        View<T> y = device.View([a.Length], new T[a.Length]);
        device.Zip(device.View([a.Length], a), device.View([a.Length], b), device.View([a.Length], c), y, op);
        T[] actual = y.Storage();
        for (int i = 0; i < a.Length; i++)
        {
            AssertSame(op, $"{a[i]}, {b[i]}, {c[i]}", op.Invoke(a[i], b[i], c[i]), actual[i]);
        }
    }

    private static T[] Cast<T>(double[] values)
        where T : INumber<T> => [.. values.Select(T.CreateChecked)];

    private static void AssertSame<T>(object op, string at, T expected, T actual)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double e = double.CreateChecked(expected), a = double.CreateChecked(actual);
        (double relative, double smallest) = typeof(T) == typeof(float) ? (1e-6, 1.2e-38) : (2e-15, 2.3e-308);
        bool same = double.IsFinite(e) ? Math.Abs(a - e) <= Math.Max(smallest, relative * Math.Abs(e)) && (double.IsNegative(a) == double.IsNegative(e) || e == 0 && a != 0) : e.Equals(a);
        Assert.True(same, $"{op.GetType().Name} of {typeof(T).Name} at {at}: expected {e:R}, got {a:R}");
    }
}
