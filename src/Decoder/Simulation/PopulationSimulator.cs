using System.Globalization;
using Decoder.Recordings;

namespace Decoder.Simulation;

/// <summary>
/// A population of V1 neurons that watches drifting gratings, calibrated to the recording of Stringer et al. (2021), 'High-precision coding in
/// visual cortex', Cell 184: tuning widths, amplitudes, noise shared among neurons and noise of their own.
/// <para>
/// Rate of neuron i on trial t = (b + a d(theta_t) exp(0.2 h_it - 0.02)) exp(0.45 s x_t + 0.4 w_i'z_t + 0.5 e_it - half the exponent's variance), at
/// most 60 events, where d is the tuning curve (<see cref="NeuronParameters.Tuning"/>), x a gain common to all neurons, z 128 latent variables,
/// h the gain of channels tuned to direction and e the neuron's own noise. The response is a sum of Poisson(rate) events of size Exp(1), which stands
/// for deconvolved calcium fluorescence. Responses are z-scored per neuron over all trials.
/// </para>
/// Always say of these data that they are simulated: <see cref="Recording.IsSimulated"/>.
/// </summary>
public static class PopulationSimulator
{
    /// <summary>Neurons a thread takes at a time: a cache line of the output.</summary>
    private const int NeuronsPerTask = 16;

    private const int Degrees = 360;

    /// <summary>
    /// Responses averaged over the trials of each degree of direction, as in the tutorial's data: one row per degree (0, 1, ..., 359) that at least one
    /// trial rounds to. Needs 4 bytes per degree and neuron, and nothing per trial and neuron.
    /// </summary>
    /// <param name="options">Size and seed.</param>
    /// <param name="progress">Told the finished fraction, from any thread.</param>
    /// <param name="cancellation">Stops the simulation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The options cannot be simulated.</exception>
    public static Recording SimulateBinned(
        SimulationOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var trials = new TrialSequence(options.Trials, options.Seed);
        var bins = DegreeBins.Create(trials.Directions, Degrees);
        var responses = AllocateResponses(bins.Count, options.Neurons);
        Run(options, trials, progress, cancellation, (neuron, trialResponses) =>
        {
            var (mean, deviation) = Moments(trialResponses);
            Span<double> sums = stackalloc double[Degrees];
            sums = sums[..bins.Count];
            sums.Clear();
            for (var t = 0; t < trialResponses.Length; t++)
            {
                sums[bins.RowOfTrial[t]] += trialResponses[t];
            }

            for (var row = 0; row < sums.Length; row++)
            {
                var average = sums[row] / bins.TrialsInRow[row];
                responses[(long)row * options.Neurons + neuron] = deviation > 0 ? (float)((average - mean) / deviation) : 0;
            }
        });
        return new Recording(responses, bins.DegreeOfRow, Describe(options, "averaged per degree"), isSimulated: true);
    }

    /// <summary>Responses of every single trial: 4 bytes per trial and neuron, 434 MB by default.</summary>
    /// <inheritdoc cref="SimulateBinned"/>
    public static Recording SimulateTrials(
        SimulationOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        var responses = AllocateResponses(options.Trials, options.Neurons);
        var trials = new TrialSequence(options.Trials, options.Seed);
        Run(options, trials, progress, cancellation, (neuron, trialResponses) =>
        {
            var (mean, deviation) = Moments(trialResponses);
            for (var t = 0; t < trialResponses.Length; t++)
            {
                responses[(long)t * options.Neurons + neuron] = deviation > 0 ? (float)((trialResponses[t] - mean) / deviation) : 0;
            }
        });
        var stimuli = Array.ConvertAll(trials.Directions, direction => (float)direction);
        return new Recording(responses, stimuli, Describe(options, "single trials"), isSimulated: true);
    }

    private delegate void NeuronSink(int neuron, ReadOnlySpan<float> trialResponses);

    /// <summary>Simulates all neurons on all cores and hands each one's responses to <paramref name="sink"/>.</summary>
    private static void Run(
        SimulationOptions options, TrialSequence trials, IProgress<double>? progress, CancellationToken cancellation, NeuronSink sink)
    {
        var tasks = (options.Neurons + NeuronsPerTask - 1) / NeuronsPerTask;
        var finished = 0;
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount,
        };
        Parallel.For(
            0,
            tasks,
            parallel,
            () => (Group: new NeuronGroup(trials, options.Seed), Responses: new float[options.Trials]),
            (task, _, local) =>
            {
                var end = Math.Min((task + 1) * NeuronsPerTask, options.Neurons);
                for (var first = task * NeuronsPerTask; first < end; first += NeuronGroup.Size)
                {
                    local.Group.Begin(first);
                    for (var j = 0; j < NeuronGroup.Size && first + j < end; j++)
                    {
                        local.Group.Respond(j, local.Responses);
                        sink(first + j, local.Responses);
                    }
                }

                progress?.Report(Interlocked.Increment(ref finished) / (double)tasks);
                return local;
            },
            _ => { });
    }

    private static float[] AllocateResponses(int rows, int neurons)
    {
        var count = (long)rows * neurons;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (count > Array.MaxLength || count * sizeof(float) > available)
        {
            throw new ArgumentException(
                $"{rows} rows x {neurons} neurons need {count * sizeof(float) / 1e9:F1} GB; at most {Array.MaxLength} values and the "
                + $"{available / 1e9:F1} GB of memory of this machine are possible. Ask for fewer neurons or trials.");
        }

        return GC.AllocateUninitializedArray<float>((int)count);
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / values.Length));
    }

    private static string Describe(SimulationOptions options, string form) => string.Create(
        CultureInfo.InvariantCulture,
        $"simulated V1 population: {options.Neurons} neurons, {options.Trials} trials, seed {options.Seed}, {form}");
}
