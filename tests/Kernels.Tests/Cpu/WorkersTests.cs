using Autodiff.Kernels;

namespace Kernels.Tests;

/// <summary>The worker threads: every part once, nested, from several threads, with failures, without garbage.</summary>
public class WorkersTests
{
    [Fact]
    public unsafe void EveryPartRunsOnce()
    {
        foreach (int threads in (int[])[1, 2, 4, 7])
        {
            Threads.With(threads, () =>
            {
                int* counts = stackalloc int[100];
                for (int parts = 0; parts <= 100; parts += 9)
                {
                    new Span<int>(counts, 100).Clear();
                    var job = new CountJob { Counts = counts };
                    Workers.Run(ref job, parts);
                    for (int i = 0; i < 100; i++)
                    {
                        Assert.Equal(i < parts ? 1 : 0, counts[i]);
                    }
                }
            });
        }
    }

    [Fact]
    public void ThousandsOfSmallJobsInARow() =>
        Threads.With(4, () =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                EveryPart(5);
            }
        });

    [Fact]
    public void JobsWithinJobsRun() =>
        Threads.With(4, () =>
        {
            var job = new NestingJob();
            for (int i = 0; i < 100; i++)
            {
                Workers.Run(ref job, 8);
            }
        });

    [Fact]
    public void ManyThreadsMayStartJobsAtOnce()
    {
        var threads = new Thread[6];
        var failures = new List<Exception>();
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                try
                {
                    Threads.With(3, () =>
                    {
                        for (int j = 0; j < 2000; j++)
                        {
                            EveryPart(6);
                        }
                    });
                }
                catch (Exception exception)
                {
                    lock (failures)
                    {
                        failures.Add(exception);
                    }
                }
            });
            threads[i].Start();
        }
        foreach (Thread thread in threads)
        {
            Assert.True(thread.Join(TimeSpan.FromMinutes(10)), "The threads wait for each other.");
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void AFailureReachesTheCallerAndTheWorkersLiveOn() =>
        Threads.With(4, () =>
        {
            for (int failing = 0; failing < 20; failing++)
            {
                var job = new FailingJob { Part = failing };
                var failure = Assert.Throws<InvalidOperationException>(() => Workers.Run(ref job, 20));
                Assert.Equal($"part {failing}", failure.Message);
                EveryPart(20);
            }
        });

    [Theory]
    [InlineData("3", 3)]
    [InlineData("1", 1)]
    [InlineData(" ", 0)]
    [InlineData(null, 0)]
    public void TheVariableSetsTheNumberOfThreads(string? setting, int expected) =>
        Assert.Equal(expected == 0 ? Math.Min(Environment.ProcessorCount, 1024) : expected, Workers.Configured(setting));

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("two")]
    [InlineData("100000")]
    public void AWrongSettingIsNamed(string setting) =>
        Assert.Contains(
            $"AUTODIFF_THREADS is '{setting}'", Assert.Throws<InvalidOperationException>(() => Workers.Configured(setting)).Message);

    [Fact]
    public void KernelsAllocateNothingOnTheManagedHeap()
    {
        var random = new Random(1);
        View<float> a = Views.Random<float>(random, 360, 5000), w = Views.Random<float>(random, 100, 5000);
        View<float> y = Views.Empty<float>(360, 100), wt = w.With(w.Layout.Permute([1, 0]));
        View<float> row = Views.Random<float>(random, 1, 100), column = Views.Empty<float>(1, 100);
        View<float> square = Views.Random<float>(random, 300, 300), product = Views.Empty<float>(300, 300);
        View<float> gradient = Views.Empty<float>(5000, 100), loss = Views.Empty<float>();
        View<int> indices = Views.From<int>(Enumerable.Range(0, 36000).Select(i => i % 360).ToArray(), 360, 100);
        void Step()
        {
            Device cpu = Device.Cpu;
            cpu.MatMul(a, wt, y);
            cpu.MatMul(a.With(a.Layout.Permute([1, 0])), y, gradient);
            cpu.MatMul(square, square, product);
            cpu.Zip(y, row.With(row.Layout.BroadcastTo(y.Shape)), y, default(Add<float>));
            cpu.Map(y, y, default(Tanh<float>));
            cpu.Reduce(y, column, new Sum<float>(1));
            cpu.Reduce(y, column.With(column.Layout.Slice(1, 0, 1)), new Sum<float>(1));
            cpu.Copy(square.With(square.Layout.Permute([1, 0])), product);
            cpu.Fill(product, 1f);
            cpu.RandomNormal(product, 1, 0);
            cpu.Gather(y, indices, y, 0);
            cpu.SquaredError(y, y, loss, 1f);
            var parameter = new AdamParameter<float>(square, product, square, product);
            cpu.Adam(new ReadOnlySpan<AdamParameter<float>>(in parameter), new AdamStep(1, 1e-3, 0.9, 0.999, 1e-8, 0, false));
        }
        foreach (int threads in (int[])[1, 2])
        {
            Threads.With(threads, () =>
            {
                for (int i = 0; i < 3; i++)
                {
                    Step();
                }
                // The runtime itself allocates now and then (a contended lock, a method compiled anew);
                // one clean round shows that the kernels do not.
                long least = long.MaxValue;
                for (int round = 0; round < 10 && least > 0; round++)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    for (int i = 0; i < 10; i++)
                    {
                        Step();
                    }

                    least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                }
                Assert.Equal(0, least);
            });
        }
    }

    private static unsafe void EveryPart(int parts)
    {
        int* counts = stackalloc int[100];
        new Span<int>(counts, 100).Clear();
        var job = new CountJob { Counts = counts };
        Workers.Run(ref job, parts);
        for (int i = 0; i < 100; i++)
        {
            if (counts[i] != (i < parts ? 1 : 0))
            {
                Assert.Fail($"Part {i} of {parts} ran {counts[i]} times.");
            }
        }
    }

    private unsafe struct CountJob : IParallelJob
    {
        public int* Counts;

        public readonly void Run(int part, int parts) => Interlocked.Increment(ref Counts[part]);
    }

    private struct NestingJob : IParallelJob
    {
        public readonly void Run(int part, int parts)
        {
            if (Workers.Threads != 1)
            {
                throw new InvalidOperationException("A job within a job may use more threads.");
            }

            EveryPart(part);
        }
    }

    private struct FailingJob : IParallelJob
    {
        public int Part;

        public readonly void Run(int part, int parts)
        {
            if (part == Part)
            {
                throw new InvalidOperationException($"part {part}");
            }
        }
    }
}
