using Autodiff.Kernels;

namespace Kernels.Tests;

public class LayoutTests
{
    [Fact]
    public void RowMajorByDefault()
    {
        var layout = new Layout([2, 3, 4]);
        Assert.Equal([12, 4, 1], layout.Strides.ToArray());
        Assert.True(layout.IsContiguous);
        Assert.False(layout.Overlaps);
    }

    [Fact]
    public void PermuteReordersAndChecks()
    {
        Layout layout = new Layout([2, 3, 4]).Permute([2, 0, -2]);
        Assert.Equal(new Shape(4, 2, 3), layout.Shape);
        Assert.Equal([1, 12, 4], layout.Strides.ToArray());
        Assert.False(layout.IsContiguous);
        Assert.Throws<ArgumentException>(() => layout.Permute([0, 1]));
        Assert.Throws<ArgumentException>(() => layout.Permute([0, 1, 1]));
    }

    [Fact]
    public void BroadcastRepeatsWithStrideZero()
    {
        Layout layout = new Layout([3, 1]).BroadcastTo([2, 3, 4]);
        Assert.Equal([0, 1, 0], layout.Strides.ToArray());
        Assert.True(layout.Overlaps);
        Assert.Throws<ArgumentException>(() => new Layout([3]).BroadcastTo([4]));
        Assert.Throws<ArgumentException>(() => new Layout([2, 3]).BroadcastTo([3]));
    }

    [Fact]
    public void SliceSelectsAndChecks()
    {
        Layout layout = new Layout([5, 6]).Slice(1, 1, 2, 3);
        Assert.Equal(new Shape(5, 2), layout.Shape);
        Assert.Equal(1, layout.Offset);
        Assert.Equal([6, 3], layout.Strides.ToArray());
        Assert.Equal(0, layout.Slice(0, 5, 0).Shape.Count);
        Assert.Throws<ArgumentException>(() => layout.Slice(0, 3, 3));
        Assert.Throws<ArgumentException>(() => layout.Slice(0, -1, 1));
        Assert.Throws<ArgumentException>(() => layout.Slice(0, 0, 1, 0));
        Assert.Throws<ArgumentException>(() => layout.Slice(0, 0, int.MaxValue, int.MaxValue));
    }

    /// <summary>
    /// Whatever reshape allows must name the same elements in the same order; what it refuses must not be expressible with strides.
    /// </summary>
    [Fact]
    public void ReshapeKeepsTheOrder()
    {
        var random = new Random(1);
        int allowed = 0, refused = 0;
        for (int trial = 0; trial < 3000; trial++)
        {
            int[] sizes = [random.Next(1, 4), random.Next(1, 4), 2 * random.Next(1, 3)];
            Layout layout = Views.Awkward<float>(random, true, sizes).Layout;
            int count = layout.Shape.Count;
            int first = Enumerable.Range(1, count).Where(d => count % d == 0).OrderBy(_ => random.Next()).First();
            Shape shape = random.Next(3) switch { 0 => [count], 1 => [first, count / first], _ => [first, 1, count / first, 1] };
            if (!layout.TryReshape(shape, out Layout reshaped))
            {
                refused++;
                Assert.False(layout.IsContiguous);
                continue;
            }
            allowed++;
            Assert.Equal(shape, reshaped.Shape);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(Reference.At(layout, i), Reference.At(reshaped, i));
            }
        }
        Assert.True(allowed > 100 && refused > 100);
        Assert.Throws<ArgumentException>(() => new Layout([2, 3]).TryReshape([5], out _));
    }

    [Fact]
    public void ReshapeSplitsATransposedMatrixWhereStridesSuffice()
    {
        Layout transposed = new Layout([4, 6]).Permute([1, 0]);
        Assert.True(transposed.TryReshape([2, 3, 4], out Layout split));
        Assert.Equal([3, 1, 6], split.Strides.ToArray());
        Assert.False(transposed.TryReshape([24], out _));
    }

    [Fact]
    public void CoalesceKeepsEveryElementOfEveryLayout()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 500; trial++)
        {
            int[] sizes = Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(0, 12) == 0 ? 0 : random.Next(1, 5)).ToArray();
            Layout[] layouts = [Views.Awkward<float>(random, true, sizes).Layout, Views.Awkward<float>(random, true, sizes).Layout,
                new(new Shape(sizes))];
            Layout[] joined = [.. layouts];
            Layout.Coalesce(joined);
            for (int which = 0; which < layouts.Length; which++)
            {
                Assert.Equal(layouts[which].Shape.Count, joined[which].Shape.Count);
                for (int i = 0; i < layouts[which].Shape.Count; i++)
                {
                    Assert.Equal(Reference.At(layouts[which], i), Reference.At(joined[which], i));
                }
            }
        }
        Layout[] contiguous = [new([2, 3, 4])];
        Layout.Coalesce(contiguous);
        Assert.Equal(new Shape(24), contiguous[0].Shape);
    }

    [Fact]
    public void CursorsVisitEveryElementInOrderFromAnyStart()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 300; trial++)
        {
            int[] sizes = Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(1, 5)).ToArray();
            Layout layout = Views.Awkward<float>(random, true, sizes).Layout;
            int i = random.Next(layout.Shape.Count);
            var cursor = new StridedCursor(layout, i);
            while (i < layout.Shape.Count)
            {
                Assert.Equal(Reference.At(layout, i), cursor.Position);
                int run = random.Next(1, cursor.Run + 1);
                Assert.Equal(Reference.At(layout, i + run - 1), cursor.Position + (run - 1) * cursor.Step);
                cursor.Advance(run);
                i += run;
            }
        }
    }
}
