namespace Autodiff.Kernels;

/// <summary>Blocks that are set apart for one use, such as a captured step: rented from the pools once, then lent and taken back among its own.</summary>
/// <remarks>While an arena is current, whatever the thread rents comes from it. Blocks may come back from any thread (finalizers have one of their own).</remarks>
/// <param name="sharesLate">
/// Whether results get memory of their own as long as it is little (<see cref="MemoryPool.LittleBytes"/>): what shares memory cannot be computed in another order.
/// </param>
internal sealed class MemoryArena(bool sharesLate = false)
{
    [ThreadStatic]
    private static MemoryArena? t_current;

    private readonly Lock _lock = new();
    private readonly Dictionary<(MemoryPool Pool, long Bytes), Stack<Block>> _free = [];
    private readonly Dictionary<Block, MemoryPool> _blocks = new(ReferenceEqualityComparer.Instance);
    private long _bytes;

    /// <summary>The arena that the thread rents from; null for the pools themselves.</summary>
    public static MemoryArena? Current
    {
        get => t_current;
        set => t_current = value;
    }

    /// <summary>A block of the size of a bucket.</summary>
    public Block Rent(MemoryPool pool, long bucket)
    {
        lock (_lock)
        {
            bool takesNew = sharesLate && _bytes + bucket <= pool.LittleBytes;
            if (!takesNew && _free.TryGetValue((pool, bucket), out Stack<Block>? stack) && stack.TryPop(out Block? known))
            {
                return known;
            }
        }

        Block block = pool.RentShared(bucket);
        lock (_lock)
        {
            _blocks.Add(block, pool);
            _bytes += bucket;
            block.Arena = this;
        }

        return block;
    }

    /// <summary>Takes a block back.</summary>
    /// <returns>Whether the block belonged to this arena until now.</returns>
    public bool TryReturn(Block block)
    {
        lock (_lock)
        {
            if (block.Arena != this)
            {
                return false;
            }

            (MemoryPool, long) bucket = (_blocks[block], block.Bytes);
            if (!_free.TryGetValue(bucket, out Stack<Block>? stack))
            {
                _free[bucket] = stack = new Stack<Block>();
            }

            stack.Push(block);
            return true;
        }
    }

    /// <summary>Gives the blocks that are not lent, but for some, back to the pools.</summary>
    public void Trim(IReadOnlySet<Block> used) => GiveBack(block => !used.Contains(block));

    /// <summary>Gives everything back to the pools. Blocks that are still lent follow when their borrowers return them.</summary>
    public void Release()
    {
        GiveBack(_ => true);
        lock (_lock)
        {
            foreach (Block lent in _blocks.Keys)
            {
                lent.Arena = null;
            }

            _blocks.Clear();
        }
    }

    private void GiveBack(Func<Block, bool> which)
    {
        lock (_lock)
        {
            foreach (((MemoryPool pool, _), Stack<Block> stack) in _free)
            {
                Block[] all = [.. stack];
                stack.Clear();
                foreach (Block block in all)
                {
                    if (!which(block))
                    {
                        stack.Push(block);
                        continue;
                    }

                    _blocks.Remove(block);
                    block.Arena = null;
                    pool.Return(block);
                }
            }
        }
    }
}
