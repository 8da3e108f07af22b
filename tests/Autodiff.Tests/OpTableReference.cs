using Autodiff.Kernels;

namespace Autodiff.Tests;

/// <summary>An array of doubles on the host, with the plainest possible loops: what operations are compared with.</summary>
public sealed record Reference(Shape Shape, double[] Values)
{
    public double this[params int[] index]
    {
        get
        {
            int position = 0;
            for (int axis = 0; axis < index.Length; axis++)
            {
                position = position * Shape[axis] + index[axis];
            }

            return Values[position];
        }
    }

    /// <summary>An array whose elements are a function of their index.</summary>
    public static Reference From(Shape shape, Func<int[], double> element)
    {
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = element(Index(shape, i));
        }

        return new Reference(shape, values);
    }

    /// <summary>An elementwise function of arrays that broadcast.</summary>
    public static Reference Elementwise(Func<double[], double> function, params Reference[] inputs)
    {
        Shape shape = inputs[0].Shape;
        foreach (Reference input in inputs)
        {
            if (!Shape.TryBroadcast(shape, input.Shape, out shape))
            {
                throw new ArgumentException("The shapes do not broadcast.");
            }
        }
        return From(shape, index => function(Array.ConvertAll(inputs, input => input.Broadcast(index))));
    }

    /// <summary>A function of the elements along some axes.</summary>
    public Reference Along(int[] axes, bool keepAxes, Func<double[], double> function)
    {
        int[] normal = Array.ConvertAll(axes, Shape.Axis);
        int[] kept = Enumerable.Range(0, Shape.Rank).Where(axis => !normal.Contains(axis)).ToArray();
        Shape shape = keepAxes
            ? new Shape(Enumerable.Range(0, Shape.Rank).Select(axis => normal.Contains(axis) ? 1 : Shape[axis]).ToArray())
            : new Shape(kept.Select(axis => Shape[axis]).ToArray());
        return From(shape, index =>
        {
            int[] fixedIndex = keepAxes ? kept.Select(axis => index[axis]).ToArray() : index;
            List<double> elements = [];
            for (int i = 0; i < Values.Length; i++)
            {
                int[] at = Index(Shape, i);
                if (kept.Select(axis => at[axis]).SequenceEqual(fixedIndex))
                {
                    elements.Add(Values[i]);
                }
            }
            return function([.. elements]);
        });
    }

    public static int[] Index(Shape shape, int position)
    {
        int[] index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }

        return index;
    }

    /// <summary>ln I₀ from Bessel's integral, or from its asymptotic series where the integrand is too narrow for that.</summary>
    public static double LogBesselI0(double x)
    {
        double a = Math.Abs(x);
        return double.IsNaN(x) || double.IsInfinity(x) ? a
            : a > 1e4 ? a - Math.Log(2 * Math.PI * a) / 2 + 1 / (8 * a)
            : a < 0.05 ? a * a / 4 * (1 - a * a / 16 * (1 - a * a / 9 * (1 - 33 * a * a / 256)))
            : a < 20 ? double.LogP1(Mean(t => double.ExpM1(a * Math.Cos(t))))
            : a + Math.Log(ScaledBessel(a, 0));
    }

    /// <summary>I₁ / I₀ likewise.</summary>
    public static double BesselRatio(double x)
    {
        double a = Math.Abs(x);
        double ratio = a > 1e4 ? 1 - 1 / (2 * a) - 1 / (8 * a * a) : a < 1e-3 ? a / 2 : ScaledBessel(a, 1) / ScaledBessel(a, 0);
        return double.IsNaN(x) ? x : Math.CopySign(ratio, x);
    }

    /// <summary>Iₙ(x) e⁻ˣ = 1/(2π) ∮ e^(x (cos t - 1)) cos(nt) dt, by the trapezoidal rule, which is exact to rounding for periodic functions.</summary>
    private static double ScaledBessel(double x, int order) =>
        Mean(t => Math.Exp(-2 * x * Math.Pow(Math.Sin(t / 2), 2)) * Math.Cos(order * t));

    /// <summary>The mean over a period, with compensated summation (Kahan 1965).</summary>
    private static double Mean(Func<double, double> function)
    {
        const int Points = 4096;
        double sum = 0, lost = 0;
        for (int i = 0; i < Points; i++)
        {
            double term = function(2 * Math.PI * i / Points) - lost, next = sum + term;
            lost = next - sum - term;
            sum = next;
        }
        return sum / Points;
    }

    /// <summary>The error function, integrated by the five-point Gauss-Legendre rule on 64 panels: slow, and good to the last digit or two.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) > 6)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        const int Panels = 64;
        double near = Math.Sqrt(5 - 2 * Math.Sqrt(10.0 / 7)) / 3, far = Math.Sqrt(5 + 2 * Math.Sqrt(10.0 / 7)) / 3, root = 13 * Math.Sqrt(70);
        double half = x / Panels / 2, sum = 0;
        for (int panel = 0; panel < Panels; panel++)
        {
            double middle = (2 * panel + 1) * half;
            sum += 128.0 / 225 * At(middle) + (322 + root) / 900 * (At(middle - half * near) + At(middle + half * near))
                + (322 - root) / 900 * (At(middle - half * far) + At(middle + half * far));
        }
        return 2 / Math.Sqrt(Math.PI) * half * sum;

        static double At(double t) => Math.Exp(-t * t);
    }

    private double Broadcast(int[] index)
    {
        int[] own = new int[Shape.Rank];
        for (int axis = 0; axis < own.Length; axis++)
        {
            own[axis] = Shape[axis] == 1 ? 0 : index[index.Length - own.Length + axis];
        }

        return this[own];
    }
}
