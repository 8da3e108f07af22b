using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>What the kernels must compute: plain loops in double over logical positions.</summary>
internal static class Reference
{
    /// <summary>Where the element of a number in row-major order lies.</summary>
    public static int At(in Layout layout, int index)
    {
        int position = layout.Offset;
        for (int axis = layout.Shape.Rank - 1; axis >= 0; axis--)
        {
            position += index % layout.Shape[axis] * layout.Strides[axis];
            index /= layout.Shape[axis];
        }
        return position;
    }

    public static double[] MatMul(double[] a, double[] b, int batches, int m, int n, int k)
    {
        var y = new double[batches * m * n];
        for (int i = 0; i < y.Length; i++)
        {
            int column = i % n, row = i / n % m, batch = i / n / m;
            for (int j = 0; j < k; j++)
            {
                y[i] += a[(batch * m + row) * k + j] * b[(batch * k + j) * n + column];
            }
        }
        return y;
    }

    /// <summary>Reduces the axes on which <paramref name="result"/> has size 1.</summary>
    public static double[] Reduce(double[] x, Shape shape, Shape result, double identity, Func<double, double, double> combine)
    {
        var y = new double[result.Count];
        Array.Fill(y, identity);
        Layout to = new Layout(result).BroadcastTo(shape);
        for (int i = 0; i < x.Length; i++)
        {
            y[At(to, i)] = combine(y[At(to, i)], x[i]);
        }

        return y;
    }

    public static double[] CumulativeSum(double[] x, Shape shape, int axis, bool reverse)
    {
        var y = new double[x.Length];
        var layout = new Layout(shape);
        int size = shape[axis];
        Layout starts = layout.Slice(axis, 0, Math.Min(size, 1));
        for (int i = 0; i < starts.Shape.Count; i++)
        {
            double total = 0;
            for (int k = 0; k < size; k++)
            {
                int at = At(starts, i) + (reverse ? size - 1 - k : k) * layout.Stride(axis);
                y[at] = total += x[at];
            }
        }
        return y;
    }

    public static double[] Gather(double[] x, Shape shape, int[] indices, Shape result, int axis)
    {
        var y = new double[result.Count];
        var layout = new Layout(shape);
        Layout along = layout.Slice(axis, 0, 1).BroadcastTo(result);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[At(along, i) + indices[i] * layout.Stride(axis)];
        }

        return y;
    }

    public static void ScatterAdd(double[] x, Shape shape, int[] indices, double[] y, Shape result, int axis)
    {
        var layout = new Layout(result);
        Layout along = layout.Slice(axis, 0, 1).BroadcastTo(shape);
        for (int i = 0; i < x.Length; i++)
        {
            y[At(along, i) + indices[i] * layout.Stride(axis)] += x[i];
        }
    }

    /// <summary>One Adam step of one element, in PyTorch's order of operations.</summary>
    public static void Adam(ref double parameter, double gradient, ref double first, ref double second, in AdamStep step)
    {
        if (step.Decoupled)
        {
            parameter -= step.LearningRate * step.WeightDecay * parameter;
        }
        else
        {
            gradient += step.WeightDecay * parameter;
        }

        first += (1 - step.Beta1) * (gradient - first);
        second = step.Beta2 * second + (1 - step.Beta2) * gradient * gradient;
        double size = step.LearningRate / (1 - Math.Pow(step.Beta1, step.Step));
        parameter -= size * first / (Math.Sqrt(second) / Math.Sqrt(1 - Math.Pow(step.Beta2, step.Step)) + step.Epsilon);
    }
}
