namespace Autodiff.Kernels;

/// <summary>A caching allocator: freed blocks wait in size buckets, so that a steady loop never asks the device for memory.</summary>
/// <remarks>
/// Buckets are multiples of 256 bytes in four steps per power of two: at most 25 % is lost to rounding. Thread-safe: finalizers return blocks from their own thread.
/// Before the pool grows by much, it lets the garbage collector find tensors that nobody refers to any more, since the collector does not see the memory behind them.
/// </remarks>
internal sealed class MemoryPool(Func<long, Block> allocate, Action? synchronize = null)
{
    // A collection takes 2 to 5 ms where the managed heap is small, touching so much new memory takes the system as long.
    private const long LeastGrowth = 16L << 20;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Stack<Block>> _free = [];

    // Lent blocks too: a block may own an object with a finalizer (ILGPU's buffers do), which must not run in the same collection as the one that returns the block.
    private readonly HashSet<Block> _blocks = new(ReferenceEqualityComparer.Instance);
    private long _inUse, _reserved, _peak, _allocations, _collectAt = 2 * LeastGrowth;
    private int _live;

    /// <summary>The most bytes that the pool may take from the device.</summary>
    public long Limit { get; set; } = long.MaxValue;

    /// <summary>How much is little enough for a captured step to take, so that its calls can be fused across others: see <see cref="MemoryArena"/>.</summary>
    public long LittleBytes { get; set; }

    /// <summary>What the pool holds now.</summary>
    public MemoryStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return new MemoryStatistics(_inUse, _reserved, _peak, _live, _allocations);
            }
        }
    }

    /// <summary>The size of the bucket that serves a request.</summary>
    public static long Bucket(long bytes)
    {
        if (bytes <= 1024)
        {
            return Math.Max(256, (bytes + 255) & ~255L);
        }

        long step = 1L << Math.Max(8, 61 - (int)long.LeadingZeroCount(bytes - 1));
        return (bytes + step - 1) & ~(step - 1);
    }

    /// <summary>A block of at least <paramref name="bytes"/> bytes, its content undefined; from the thread's arena where it has one.</summary>
    public Block Rent(long bytes)
    {
        long bucket = Bucket(bytes);
        return MemoryArena.Current is { } arena ? arena.Rent(this, bucket) : RentShared(bucket);
    }

    /// <summary>A block of the size of a bucket that is set apart for nobody yet.</summary>
    internal Block RentShared(long bucket)
    {
        if (TryRent(bucket) is { } cached)
        {
            return cached;
        }

        bool collect;
        lock (_lock)
        {
            collect = _reserved + bucket > _collectAt;
        }

        if (collect)
        {
            CollectUnreachable();
            lock (_lock)
            {
                _collectAt = _reserved + Math.Max(LeastGrowth, Math.Max(_inUse, GC.GetTotalMemory(forceFullCollection: false)) / 4);
            }

            if (TryRent(bucket) is { } collected)
            {
                return collected;
            }
        }
        Block block;
        try
        {
            block = Allocate(bucket);
        }
        catch (OutOfMemoryException)
        {
            // Kernels that were started may still use what tensors have given back.
            CollectUnreachable();
            synchronize?.Invoke();
            Empty();
            try
            {
                block = Allocate(bucket);
            }
            catch (OutOfMemoryException again)
            {
                throw new OutOfMemoryException(
                    $"No memory for {bucket} bytes, even after the cache was given back; the pool holds {Statistics}{(Limit == long.MaxValue ? "" : $", its limit is {Limit} bytes")}. "
                    + "Dispose tapes sooner, use smaller batches, or free other programs' memory.", again);
            }
        }
        lock (_lock)
        {
            _blocks.Add(block);
            _reserved += bucket;
            _allocations++;
            Lend(block);
        }
        return block;
    }

    /// <summary>Takes a block back for the next request of its size.</summary>
    public void Return(Block block)
    {
        if (block.Arena is { } arena && arena.TryReturn(block))
        {
            return;
        }

        lock (_lock)
        {
            if (!_free.TryGetValue(block.Bytes, out Stack<Block>? stack))
            {
                _free[block.Bytes] = stack = new Stack<Block>();
            }

            stack.Push(block);
            _inUse -= block.Bytes;
            _live--;
        }
    }

    /// <summary>Gives every cached block back to the device.</summary>
    public void Empty()
    {
        lock (_lock)
        {
            foreach (Stack<Block> stack in _free.Values)
            {
                foreach (Block block in stack)
                {
                    _reserved -= block.Bytes;
                    _blocks.Remove(block);
                    block.Free();
                }
            }
            _free.Clear();
        }
    }

    private Block Allocate(long bucket)
    {
        lock (_lock)
        {
            if (bucket > Limit - _reserved)
            {
                throw new OutOfMemoryException($"{bucket} bytes more than {_reserved} pass the limit of {Limit}.");
            }
        }
        return allocate(bucket);
    }

    // Twice: the finalizer of a forgotten tape hands its memory to the collector, which the second round then finds. That one also gives the
    // system what the collector holds and does not use, such as the arrays that tensors were made from: else the process keeps both.
    private static void CollectUnreachable()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
    }

    private Block? TryRent(long bucket)
    {
        lock (_lock)
        {
            if (!_free.TryGetValue(bucket, out Stack<Block>? stack) || !stack.TryPop(out Block? block))
            {
                return null;
            }

            Lend(block);
            return block;
        }
    }

    private void Lend(Block block)
    {
        _inUse += block.Bytes;
        _peak = Math.Max(_peak, _inUse);
        _live++;
    }
}
