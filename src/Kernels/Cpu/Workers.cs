using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Autodiff.Kernels;

/// <summary>The threads that share the work of the CPU's kernels.</summary>
/// <remarks>
/// One set per process. Each thread owns a run of neighbouring parts, the same whenever as many threads share as many parts: what it wrote
/// in one job it reads in the next, out of the caches near it. A thread that is done with its own parts takes those that others have not
/// begun, one by one, so that a thread that the operating system holds up costs little. The caller works too; when no part is left it takes
/// the job back from workers that have not woken yet instead of waiting for them. While a job runs, another thread's job (and a job within a
/// job) runs on that thread alone: never more threads compute than were asked for, and nobody can wait for somebody who waits for him.
/// </remarks>
internal static unsafe class Workers
{
    /// <summary>The environment variable that sets the number of threads.</summary>
    public const string Variable = "AUTODIFF_THREADS";

    private const int MaxThreads = 1024;

    private static readonly Lock Growth = new();
    private static volatile Worker[] s_workers = [];
    private static int s_default;
    private static int s_busy;
    private static void* s_job;
    private static delegate*<void*, int, int, int, void> s_work;
    private static int s_parts, s_threads;
    private static ExceptionDispatchInfo? s_failure;

    // Of each thread's parts the next one that nobody has begun; the caller's are the first.
    private static PaddedInt[] s_next = [];

    [ThreadStatic]
    private static int t_limit;

    [ThreadStatic]
    private static bool t_inside;

    /// <summary>How many threads a job started here may use, the caller's included; 1 within a job.</summary>
    public static int Threads => t_inside ? 1 : t_limit > 0 ? t_limit : Default;

    /// <summary>Another number of threads for jobs started by this thread; 0 for the default. For tests.</summary>
    internal static int Limit
    {
        get => t_limit;
        set => t_limit = value;
    }

    /// <summary>How many threads a job may use unless <see cref="Limit"/> says otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to 1024.</exception>
    public static int Default
    {
        get => s_default > 0 ? s_default : s_default = Configured(Environment.GetEnvironmentVariable(Variable));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxThreads);
            s_default = value;
        }
    }

    /// <summary>The number of threads that a setting of the environment variable asks for.</summary>
    /// <exception cref="InvalidOperationException">The setting is no number from 1 to 1024.</exception>
    internal static int Configured(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
        {
            return Math.Min(Environment.ProcessorCount, MaxThreads);
        }

        return int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= MaxThreads
            ? threads
            : throw new InvalidOperationException(
                $"{Variable} is '{setting}'; "
                + $"set it to a number of threads from 1 to {MaxThreads}, or unset it to use all {Environment.ProcessorCount} processors.");
    }

    /// <summary>
    /// How many parts to cut a job into: a few per thread, so that they even out, but none smaller than <paramref name="grain"/> units.
    /// </summary>
    public static int Parts(long units, long grain)
    {
        if (units < 2 * grain)
        {
            return 1;
        }

        int threads = Threads;
        return threads == 1 ? 1 : (int)Math.Min(units / grain, 4L * threads);
    }

    /// <summary>Runs every part of a job, on as many threads as are free, and returns when all are done.</summary>
    /// <param name="job">A local variable of the caller.</param>
    /// <param name="parts">The number of parts.</param>
    public static void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IParallelJob
    {
        int helpers = Math.Min(Threads, parts) - 1;
        if (helpers <= 0 || Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            for (int part = 0; part < parts; part++)
            {
                job.Run(part, parts);
            }

            return;
        }
        ExceptionDispatchInfo? failure;
        try
        {
            Worker[] workers = s_workers.Length >= helpers ? s_workers : Grow(helpers);
            s_job = Unsafe.AsPointer(ref job);
            s_work = &Work<TJob>;
            s_parts = parts;
            s_threads = helpers + 1;
            for (int i = 0; i <= helpers; i++)
            {
                s_next[i].Value = First(i, helpers + 1, parts);
            }

            for (int i = 0; i < helpers; i++)
            {
                workers[i].Post();
            }

            t_inside = true;
            Work<TJob>(s_job, parts, helpers + 1, 0);
            t_inside = false;
            for (int i = 0; i < helpers; i++)
            {
                workers[i].Finish();
            }

            failure = s_failure;
            s_failure = null;
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }
        failure?.Throw();
    }

    /// <summary>The first part of a thread; that of the thread after it is where its own end.</summary>
    private static int First(int thread, int threads, int parts) => (int)((long)parts * thread / threads);

    private static void Work<TJob>(void* job, int parts, int threads, int self)
        where TJob : struct, IParallelJob
    {
        PaddedInt[] next = s_next;
        try
        {
            for (int i = 0, owner = self; i < threads; i++, owner = owner + 1 == threads ? 0 : owner + 1)
            {
                int part, end = First(owner + 1, threads, parts);
                while ((part = Interlocked.Increment(ref next[owner].Value) - 1) < end)
                {
                    Unsafe.AsRef<TJob>(job).Run(part, parts);
                }
            }
        }
        catch (Exception exception)
        {
            // The first failure is the caller's; the parts nobody has begun are dropped.
            Interlocked.CompareExchange(ref s_failure, ExceptionDispatchInfo.Capture(exception), null);
            for (int i = 0; i < threads; i++)
            {
                Volatile.Write(ref next[i].Value, parts);
            }
        }
    }

    private static Worker[] Grow(int count)
    {
        lock (Growth)
        {
            Worker[] grown = new Worker[count];
            s_workers.CopyTo(grown, 0);
            for (int i = s_workers.Length; i < count; i++)
            {
                grown[i] = new Worker(i);
            }

            s_next = new PaddedInt[count + 1];
            return s_workers = grown;
        }
    }

    /// <summary>A thread that waits for its mailbox: it spins for a moment, since the next kernel is usually near, then sleeps.</summary>
    private sealed class Worker
    {
        private const int Idle = 0, Posted = 1, Running = 2, Parked = 3;
        private const int SpinMicroseconds = 40;

        private readonly SemaphoreSlim _wake = new(0);
        private readonly int _number;
        private PaddedInt _state;

        public Worker(int number)
        {
            _number = number;
            var thread = new Thread(Loop) { IsBackground = true, Name = $"Autodiff worker {number + 1}" };
            thread.UnsafeStart();
        }

        public void Post()
        {
            if (Interlocked.Exchange(ref _state.Value, Posted) == Parked)
            {
                _wake.Release();
            }
        }

        /// <summary>Takes the job back if it was not begun, else waits for its end.</summary>
        public void Finish()
        {
            if (Interlocked.CompareExchange(ref _state.Value, Idle, Posted) == Posted)
            {
                return;
            }

            for (int spins = 0; Volatile.Read(ref _state.Value) == Running; spins++)
            {
                if (spins < 500)
                {
                    Thread.SpinWait(4);
                }
                else
                {
                    Thread.Yield();
                }
            }
        }

        private void Loop()
        {
            t_inside = true;
            while (true)
            {
                Await();
                s_work(s_job, s_parts, s_threads, _number + 1);
                Volatile.Write(ref _state.Value, Idle);
            }
        }

        private void Await()
        {
            long start = Stopwatch.GetTimestamp();
            while (true)
            {
                if (Volatile.Read(ref _state.Value) == Posted
                    && Interlocked.CompareExchange(ref _state.Value, Running, Posted) == Posted)
                {
                    return;
                }

                Thread.SpinWait(8);
                if (Stopwatch.GetElapsedTime(start).TotalMicroseconds > SpinMicroseconds
                    && Interlocked.CompareExchange(ref _state.Value, Parked, Idle) == Idle)
                {
                    _wake.Wait();
                    start = Stopwatch.GetTimestamp();
                }
            }
        }
    }
}
