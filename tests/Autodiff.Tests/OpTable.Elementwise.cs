using System.Numerics;

namespace Autodiff.Tests;

public static partial class OpTable
{
    private static OpTableRow<T>[] Elementwise<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        Binary<T>("Add", (a, b) => a + b, (a, b) => a + b, (-2, 2)),
        Binary<T>("Subtract", (a, b) => a - b, (a, b) => a - b, (-2, 2)),
        Binary<T>("Multiply", (a, b) => a * b, (a, b) => a * b, (-2, 2)),
        Binary<T>("Divide", (a, b) => a / b, (a, b) => a / b, (0.5, 2)),
        Unary<T>("Divide", x => x / C<T>(3), x => x / 3, (-2, 2), "by a constant"),
        Unary<T>("Affine", x => x.Affine(C<T>(-1.5), C<T>(0.25)), x => -1.5 * x + 0.25, (-2, 2)) with { SignedZero = false },
        Unary<T>("Affine", x => x * C<T>(3), x => x * 3, (-2, 2), "times a constant"),
        Unary<T>("Affine", x => C<T>(3) - x, x => 3 - x, (-2, 2), "a constant minus"),
        Unary<T>("Negate", x => -x, x => -x, (-2, 2)),
        Unary<T>("Reciprocal", x => C<T>(3) / x, x => 3 / x, (0.5, 2), "numerator 3"),
        Unary<T>("Reciprocal", x => x.Reciprocal(), x => 1 / x, (-2, -0.5)),
        Unary<T>("Square", x => x.Square(), x => x * x, (-2, 2)),
        Unary<T>("Power", x => x.Power(C<T>(2.5)), x => Math.Pow(x, 2.5), (0.5, 2), "2.5"),
        Unary<T>("Power", x => x.Power(C<T>(3)), x => Math.Pow(x, 3), (-2, 2), "3"),
        Unary<T>("Power", x => x.Power(C<T>(2)), x => x * x, (-2, 2), "2"),
        Unary<T>("Power", x => x.Power(C<T>(1)), x => x, (-2, 2), "1"),
        Unary<T>("Power", x => x.Power(C<T>(0)), x => 1, (-2, 2), "0"),
        Unary<T>("Power", x => x.Power(C<T>(-1)), x => 1 / x, (0.5, 2), "-1"),
        Binary<T>("Power", (a, b) => a.Power(b), Math.Pow, (0.5, 2)),
        Unary<T>("Exp", x => x.Exp(), Math.Exp, (-4, 4)),
        Unary<T>("Log", x => x.Log(), Math.Log, (0.2, 4)),
        Unary<T>("Sqrt", x => x.Sqrt(), Math.Sqrt, (0.2, 4)),
        Unary<T>("Abs", x => x.Abs(), Math.Abs, (-2, 2), kinks: [0]),
        Unary<T>("Sign", x => x.Sign(), x => x > 0 ? 1 : x < 0 ? -1 : x, (-2, 2), kinks: [0]),
        Unary<T>("Sin", x => x.Sin(), Math.Sin, (-4, 4)),
        Unary<T>("Cos", x => x.Cos(), Math.Cos, (-4, 4)),
        Binary<T>("Atan2", (y, x) => y.Atan2(x), Math.Atan2, (0.5, 2)),
        Binary<T>("Atan2", (y, x) => y.Atan2(x), Math.Atan2, (-2, -0.5), "third quadrant"),
        Binary<T>("Maximum", (a, b) => a.Maximum(b), Larger, (-2, 2)) with { SignedZero = false },
        Binary<T>("Minimum", (a, b) => a.Minimum(b), Smaller, (-2, 2)) with { SignedZero = false },
        Unary<T>("Clip", x => x.Clip(C<T>(-1), C<T>(0.5)), x => Math.Clamp(x, -1, 0.5), (-2, 2), kinks: [-1, 0.5]),
        Unary<T>("Clip", x => x.Clip(T.NegativeInfinity, C<T>(0.5)), x => Smaller(x, 0.5), (-2, 2), "above only", kinks: [0.5]),
        Unary<T>("Relu", x => x.Relu(), x => x < 0 ? 0 : x, (-2, 2), kinks: [0]),
        Unary<T>("LeakyRelu", x => x.LeakyRelu(), x => x < 0 ? 0.01 * x : x, (-2, 2), kinks: [0]),
        Unary<T>("LeakyRelu", x => x.LeakyRelu(C<T>(0.25)), x => x < 0 ? 0.25 * x : x, (-2, 2), "slope 0.25", kinks: [0]),
        Unary<T>("Elu", x => x.Elu(), x => x > 0 ? x : Math.Exp(x) - 1, (-2, 2), kinks: [0]) with { SignedZero = false },
        Unary<T>("Elu", x => x.Elu(C<T>(0.5)), x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1), (-2, 2), "alpha 0.5", kinks: [0]) with { SignedZero = false },
        Unary<T>("Gelu", x => x.Gelu(), x => x * (0.5 * (1 + Reference.Erf(x * Math.Sqrt(0.5)))), (-4, 4)),
        Unary<T>("Gelu", x => x.Gelu(approximate: true),
            x => x * (0.5 * (1 + Math.Tanh(x * (Math.Sqrt(2 / Math.PI) + 0.044715 * Math.Sqrt(2 / Math.PI) * x * x)))), (-4, 4), "approximate"),
        Unary<T>("Silu", x => x.Silu(), x => x * (1 / (1 + Math.Exp(-x))), (-4, 4)),
        Unary<T>("Erf", x => x.Erf(), Reference.Erf, (-4, 4)),
        Unary<T>("Sigmoid", x => x.Sigmoid(), x => 1 / (1 + Math.Exp(-x)), (-8, 8)),
        Unary<T>("Tanh", x => x.Tanh(), Math.Tanh, (-4, 4)),
        Unary<T>("Softplus", x => x.Softplus(), x => Larger(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), (-8, 8)),
        Unary<T>("LogBesselI0", x => x.LogBesselI0(), Reference.LogBesselI0, (-30, 30)),
        Unary<T>("BesselRatio", x => x.BesselRatio(), Reference.BesselRatio, (-30, 30)),
        Unary<T>("Dropout", x => x.Dropout(0, new Generator(7)), x => x, (-2, 2), "probability 0"),
        Unary<T>("Dropout", x => x.Dropout(1, new Generator(7)), x => x * 0, (-2, 2), "probability 1"),
        new("Dropout", "", x => x[0].Dropout(0.25, new Generator(7)), x => Dropped<T>(x[0], 0.25)) { Shapes = [[[4, 5]], [[0]]] },
        new("Where", "", x => (x[0] > x[1]).Where(x[1], x[2]), x => Reference.Elementwise(v => v[0] > v[1] ? v[1] : v[2], x))
        {
            Shapes = [[[2, 3], [2, 3], [2, 3]], [[2, 1], [3], []], [[], [], [2]], [[0, 3], [3], []]],
            Scalar = v => v[0] > v[1] ? v[1] : v[2],
        },
        Unary<T>("Where", x => (x > C<T>(0.5)).Where(C<T>(-1), x), x => x > 0.5 ? -1 : x, (-2, 2), "a constant where true", kinks: [0.5]),
        Unary<T>("Where", x => (x > C<T>(0.5)).Where(x * x, C<T>(3)), x => x > 0.5 ? x * x : 3, (-2, 2), "a constant where false", kinks: [0.5]),
    ];

    private static OpTableRow<T>[] Masks<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        Binary<T>("EqualTo", (a, b) => a.EqualTo(b), (a, b) => a == b ? 1 : 0, (-2, 2)) with { Order = 0 },
        Binary<T>("NotEqualTo", (a, b) => a.NotEqualTo(b), (a, b) => a != b ? 1 : 0, (-2, 2)) with { Order = 0 },
        Binary<T>("LessThan", (a, b) => a < b, (a, b) => a < b ? 1 : 0, (-2, 2)) with { Order = 0 },
        Binary<T>("LessThanOrEqual", (a, b) => a <= b, (a, b) => a <= b ? 1 : 0, (-2, 2)) with { Order = 0 },
        Binary<T>("GreaterThan", (a, b) => a > b, (a, b) => a > b ? 1 : 0, (-2, 2)) with { Order = 0 },
        Binary<T>("GreaterThanOrEqual", (a, b) => a >= b, (a, b) => a >= b ? 1 : 0, (-2, 2)) with { Order = 0 },
        Unary<T>("EqualTo", x => x.EqualTo(T.One), x => x == 1 ? 1 : 0, (-2, 2), "a constant") with { Order = 0 },
        Unary<T>("NotEqualTo", x => x.NotEqualTo(T.One), x => x != 1 ? 1 : 0, (-2, 2), "a constant") with { Order = 0 },
        Unary<T>("LessThan", x => x < T.One, x => x < 1 ? 1 : 0, (-2, 2), "a constant") with { Order = 0 },
        Unary<T>("LessThanOrEqual", x => x <= T.One, x => x <= 1 ? 1 : 0, (-2, 2), "a constant") with { Order = 0 },
        Unary<T>("GreaterThan", x => x > T.One, x => x > 1 ? 1 : 0, (-2, 2), "a constant") with { Order = 0 },
        Unary<T>("GreaterThanOrEqual", x => x >= T.One, x => x >= 1 ? 1 : 0, (-2, 2), "a constant") with { Order = 0 },
    ];

    private static double Larger(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Max(a, b);

    private static double Smaller(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Min(a, b);

    private static Reference Dropped<T>(Reference x, double probability)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] uniform = new Generator(7).Uniform<T>(x.Shape).ToArray();
        return new Reference(x.Shape, x.Values.Zip(uniform, (value, u) => double.CreateChecked(u) < probability ? 0 : value / (1 - probability)).ToArray());
    }
}
