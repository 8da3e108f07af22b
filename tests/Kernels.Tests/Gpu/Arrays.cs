using System.Numerics;
using Autodiff.Kernels;
using Xunit;

namespace Kernels.Tests.Gpu;

/// <summary>Views made of host arrays, and back.</summary>
internal static class Arrays
{
    public static View<T> View<T>(this Device device, Shape shape, params T[] values)
        where T : unmanaged => device.View(new Layout(shape), values);

    public static View<T> View<T>(this Device device, Layout layout, params T[] values)
        where T : unmanaged
    {
        var storage = new Storage<T>(device, values.Length);
        device.Upload<T>(values, storage, 0);
        return new View<T>(storage, layout);
    }

    /// <summary>The whole storage behind a view, so that writes outside of the view show.</summary>
    public static T[] Storage<T>(this View<T> view)
        where T : unmanaged
    {
        var values = new T[view.Storage.Length];
        view.Device.Download(view.Storage, 0, values);
        return values;
    }

    public static T[] Random<T>(int count, int seed, double low = -2, double high = 2)
        where T : INumber<T>
    {
        var random = new Random(seed);
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = T.CreateChecked(low + (high - low) * random.NextDouble());
        }

        return values;
    }

    /// <summary>Asserts that numbers agree within a tolerance relative to the larger of 1 and the expected one; NaN and infinities exactly.</summary>
    public static void AssertClose<T>(T[] expected, T[] actual, double tolerance)
        where T : IFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double e = double.CreateChecked(expected[i]), a = double.CreateChecked(actual[i]);
            bool close = double.IsFinite(e) ? Math.Abs(a - e) <= tolerance * Math.Max(1, Math.Abs(e)) : e.Equals(a);
            Assert.True(close, $"element {i} of {expected.Length}: expected {e:R}, got {a:R}");
        }
    }

    /// <summary>A tolerance for results of a few thousand operations.</summary>
    public static double Tolerance<T>() => typeof(T) == typeof(float) ? 2e-6 : 1e-14;
}
