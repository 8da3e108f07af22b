using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Recordings;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Tests.Training;

/// <summary>Runs that take milliseconds, from code.</summary>
internal static class SmallRuns
{
    /// <summary>Trains in a folder to the end, as <c>decoder train</c> does.</summary>
    public static RunResult Execute(RunFolder folder) => Execute(folder, new Silent(), TestContext.Current.CancellationToken);

    /// <summary>Trains until something cancels it after so many epochs, as Ctrl-C does.</summary>
    public static void Interrupt(RunFolder folder, int epochs)
    {
        using var interruption = new CancelAfter(epochs);
        Assert.Throws<OperationCanceledException>(() => Execute(folder, interruption, interruption.Token));
    }

    private static RunResult Execute(RunFolder folder, IProgressTask progress, CancellationToken cancellation)
    {
        var configuration = folder.ReadConfiguration();
        var recording = configuration.Data.LoadAgainAsync(configuration.Identity, CancellationToken.None).GetAwaiter().GetResult();
        return new TrainingRun(folder, configuration, recording, Device.Default).Execute(progress, cancellation);
    }

    /// <summary>Makes a folder for a run on a simulated recording.</summary>
    public static RunFolder Create(string path, ModelOptions model, TrainingOptions training)
    {
        var source = new RecordingSource { Neurons = 10, Trials = 120, Seed = 3 };
        return RunFolder.Create(path, new RunConfiguration
        {
            Data = source,
            Identity = RecordingIdentity.Of(source.LoadAsync(CancellationToken.None).GetAwaiter().GetResult()),
            Model = model,
            Training = training,
        });
    }

    /// <summary>Responses that vary with the stimulus and from trial to trial.</summary>
    public static Recording Recording(int rows, int neurons, int seed = 1)
    {
        var random = new Random(seed);
        var stimuli = Enumerable.Range(0, rows).Select(row => 360f * row / rows).ToArray();
        var responses = new float[rows * neurons];
        for (var i = 0; i < responses.Length; i++)
        {
            var angle = (stimuli[i / neurons] - 360.0 * (i % neurons) / neurons) * Math.PI / 180;
            responses[i] = (float)(Math.Exp(2 * (Math.Cos(angle) - 1)) + 0.1 * random.NextDouble());
        }

        return new Recording(responses, stimuli, "test");
    }

    public sealed class Silent : IProgressTask
    {
        public void Report(double value)
        {
        }

        public void Report(double fraction, string status)
        {
        }
    }

    public sealed class CancelAfter(int epochs) : IProgressTask, IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private int _epochs;

        public CancellationToken Token => _source.Token;

        public void Dispose() => _source.Dispose();

        public void Report(double value) => Report(value, "");

        public void Report(double fraction, string status)
        {
            if (Interlocked.Increment(ref _epochs) == epochs)
            {
                _source.Cancel();
            }
        }
    }
}
