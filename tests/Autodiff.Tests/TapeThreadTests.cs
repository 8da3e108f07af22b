using Xunit;

namespace Autodiff.Tests;

/// <summary>Tapes and threads.</summary>
public class TapeThreadTests
{
    [Fact]
    public void ThreadsWithATapeEachDoNotDisturbEachOther()
    {
        // Large, so that most of the time is spent where threads could overwrite each other's sums.
        var shared = new Parameter<double>(Tensor.Full<double>([5000], 3), "shared");
        const int Threads = 4, Steps = 50;
        Exception?[] failures = new Exception?[Threads];
        Thread[] threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                for (int step = 0; step < Steps; step++)
                {
                    using var tape = new Tape();
                    Tensor<double> x = tape.Watch(Tensor.Scalar(number + 1.0));
                    tape.Backward((x * x * shared).Sum());
                    Assert.Equal(2.0 * (number + 1) * 5000 * 3, x.Gradient!.Item());
                }
            }
            catch (Exception exception)
            {
                failures[number] = exception;
            }
        })).ToArray();
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.All(failures, Assert.Null);
        // None of the gradients of the shared parameter is lost: the sum of 1, 4, 9, 16, once a step.
        Assert.All(shared.Gradient!.ToArray(), value => Assert.Equal(30.0 * Steps, value));
    }

    [Fact]
    public void AnotherThreadIsRefusedWhileATapeIsWalked()
    {
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Scalar(1.0)), y = x * 2;
        Exception? refusal = null;
        y.RegisterHook(_ =>
        {
            // The thread inherits the current tape.
            Thread other = new(() => refusal = Record.Exception(() => x.Exp()));
            other.Start();
            other.Join();
            return null;
        });
        tape.Backward(y * 3);
        Assert.Contains("in use by thread", Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal);
        Assert.Contains("a tape of its own", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(6, x.Gradient!.Item());
    }

    [Fact]
    public void OneTapeUsedByTwoThreadsAtOnceIsRefused()
    {
        Assert.SkipWhen(Environment.ProcessorCount < 2, "On one processor two threads are never at the same place at once.");
        using var tape = new Tape();
        Tensor<double> x = tape.Watch(Tensor.Scalar(1.0));
        using Barrier start = new(2);
        int refused = 0;
        long until = Environment.TickCount64 + 30_000;
        Thread[] threads = Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            while (Volatile.Read(ref refused) == 0 && Environment.TickCount64 < until)
            {
                try
                {
                    _ = x + 1;
                }
                catch (InvalidOperationException exception) when (exception.Message.Contains("a tape of its own", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })).ToArray();
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.NotEqual(0, refused);
        // The tape is not damaged: what was recorded can be differentiated.
        Assert.Equal(1, tape.Gradient(x + 1, [x])[0]!.Item());
    }
}
