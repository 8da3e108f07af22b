using System.Runtime.CompilerServices;
using Autodiff.Kernels;

namespace Kernels.Tests;

public class MemoryPoolTests
{
    [Fact]
    public void BucketsWasteAtMostAQuarter()
    {
        Assert.Equal(256, MemoryPool.Bucket(0));
        Assert.Equal(256, MemoryPool.Bucket(1));
        Assert.Equal(512, MemoryPool.Bucket(257));
        for (long bytes = 1; bytes < 1L << 40; bytes += 1 + bytes / 37)
        {
            long bucket = MemoryPool.Bucket(bytes);
            Assert.True(bucket >= bytes && bucket % 256 == 0 && (bytes <= 1024 || bucket <= bytes + bytes / 4 + 256),
                $"{bytes} bytes take {bucket}.");
            Assert.Equal(bucket, MemoryPool.Bucket(bucket));
        }
    }

    [Fact]
    public void StatisticsFollowLendingAndReturning()
    {
        var pool = new MemoryPool(bytes => new FakeBlock(bytes));
        Block a = pool.Rent(1000), b = pool.Rent(5000);
        Assert.Equal(new MemoryStatistics(a.Bytes + b.Bytes, a.Bytes + b.Bytes, a.Bytes + b.Bytes, 2, 2), pool.Statistics);
        pool.Return(a);
        Assert.Equal(new MemoryStatistics(b.Bytes, a.Bytes + b.Bytes, a.Bytes + b.Bytes, 1, 2), pool.Statistics);
        Assert.Same(a, pool.Rent(900));
        Assert.Equal(2, pool.Statistics.Allocations);
        pool.Return(a);
        pool.Return(b);
        pool.Empty();
        Assert.True(((FakeBlock)a).Freed && ((FakeBlock)b).Freed);
        Assert.Equal(new MemoryStatistics(0, 0, a.Bytes + b.Bytes, 0, 2), pool.Statistics);
    }

    [Fact]
    public void ASteadyLoopAsksTheDeviceForNothing()
    {
        var pool = new MemoryPool(bytes => new FakeBlock(bytes));
        long after = 0;
        for (int step = 0; step < 50; step++)
        {
            Block[] blocks = Enumerable.Range(1, 20).Select(i => pool.Rent(i * 777)).ToArray();
            foreach (Block block in blocks)
            {
                pool.Return(block);
            }

            if (step == 0)
            {
                after = pool.Statistics.Allocations;
            }
        }
        Assert.Equal(after, pool.Statistics.Allocations);
    }

    [Fact]
    public void FullMemoryIsEmptiedAndTriedAgainThenReported()
    {
        long free = 4096;
        FakeBlock Allocate(long bytes)
        {
            if (bytes > free)
            {
                throw new OutOfMemoryException();
            }

            free -= bytes;
            return new FakeBlock(bytes, () => free += bytes);
        }
        var pool = new MemoryPool(Allocate);
        pool.Return(pool.Rent(4096));
        Block small = pool.Rent(256);
        Assert.Equal(256, pool.Statistics.Reserved);
        string message = Assert.Throws<OutOfMemoryException>(() => pool.Rent(8192)).Message;
        Assert.Contains("8192 bytes", message);
        Assert.Contains("Dispose", message);
        pool.Return(small);
    }

    [Fact]
    public void ManyThreadsNeverShareABlock()
    {
        var pool = new MemoryPool(bytes => new FakeBlock(bytes));
        Parallel.For(0, 8, worker =>
        {
            var random = new Random(worker);
            for (int i = 0; i < 5000; i++)
            {
                var block = (FakeBlock)pool.Rent(random.Next(1, 4000));
                Assert.Equal(1, Interlocked.Increment(ref block.Holders));
                Interlocked.Decrement(ref block.Holders);
                pool.Return(block);
            }
        });
        Assert.Equal(0, pool.Statistics.InUse);
        Assert.Equal(0, pool.Statistics.Live);
        Assert.True(pool.Statistics.Peak <= pool.Statistics.Reserved);
        pool.Empty();
        Assert.Equal(0, pool.Statistics.Reserved);
    }

    [Fact]
    public void StoragesAreAlignedAndRefuseUseAfterDispose()
    {
        var storage = new Storage<double>(Device.Cpu, 10);
        unsafe
        {
            Assert.Equal(0, (long)((HostBlock)storage.Block).Address % 256);
        }
        storage.Dispose();
        storage.Dispose();
        Assert.True(storage.IsDisposed);
        string message = Assert.Throws<ObjectDisposedException>(() => Device.Cpu.Download(storage, 0, new double[1])).Message;
        Assert.Contains("Keep", message);
    }

    [Fact]
    public void UnreachableStoragesComeBackWhenAsked()
    {
        var device = new CpuDevice();
        Forget(device);
        Assert.Equal(1, device.Memory.Live);
        for (int i = 0; i < 50 && device.Memory.Live > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Equal(0, device.Memory.Live);
        Assert.NotEqual(0, device.Memory.Reserved);
        device.EmptyCache();
        Assert.Equal(0, device.Memory.Reserved);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(Device device) => new Storage<float>(device, 123_457).ReturnWhenUnreachable();
    }

    [Fact]
    public void ForgottenStoragesAreFoundBeforeThePoolGrowsByMuch()
    {
        const int Count = 1 << 20;
        var device = new CpuDevice();
        for (int i = 0; i < 1024; i++)
        {
            Forget(device);
        }

        // 4 GiB passed through, and the collector alone, which sees small objects only, would let the pool grow to them. How early the pool asks
        // depends on the managed heap, here that of all tests.
        Assert.True(device.Memory.Reserved <= 1 << 30, $"The pool holds {device.Memory}.");
        device.EmptyCache();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(Device device) => new Storage<float>(device, Count).ReturnWhenUnreachable();
    }

    [Fact]
    public void GrowthThatIsUsedAsksForFewCollections()
    {
        var pool = new MemoryPool(bytes => new FakeBlock(bytes));
        var held = new List<Block>();
        int before = GC.CollectionCount(GC.MaxGeneration);
        for (int i = 0; i < 1024; i++)
        {
            held.Add(pool.Rent(64 << 20));
        }

        // 64 GiB in steps of a quarter are about 35 collections of two rounds; others run meanwhile for other tests.
        int collections = GC.CollectionCount(GC.MaxGeneration) - before;
        Assert.True(collections < 512, $"{collections} collections for {held.Count} blocks.");
    }

    private sealed class FakeBlock(long bytes, Action? onFree = null) : Block(bytes)
    {
        public int Holders;

        public bool Freed { get; private set; }

        public override void Free()
        {
            Freed = true;
            onFree?.Invoke();
        }
    }
}
