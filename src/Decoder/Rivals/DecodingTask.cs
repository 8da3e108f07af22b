using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.LinearAlgebra;
using Decoder.Preprocessing;
using Decoder.Recordings;

namespace Decoder.Rivals;

/// <summary>
/// What a decoder is given: training trials with their stimuli, and test trials without. The stimuli of the test trials are not here, so no decoder can look at them.
/// </summary>
public sealed class DecodingTask
{
    /// <summary>Neurons whose responses are gathered at a time: a few tens of megabytes of a recording of thousands of trials.</summary>
    private const int BlockSize = 2048;

    private readonly Recording _recording;
    private readonly int[] _train;
    private readonly int[] _test;
    private readonly Lazy<(float[] Gram, float[] Cross)> _products;

    /// <summary>Poses the task of a split.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="split">Its training and test trials.</param>
    /// <param name="period">360 to decode direction, 180 to decode orientation.</param>
    /// <param name="stimuli">Stimuli of the training trials where they are not those of the recording, as in a shuffled control.</param>
    /// <exception cref="ArgumentException">A part is empty, the period is not 180 or 360, or there is not one stimulus for each training trial.</exception>
    public DecodingTask(Recording recording, DataSplit split, double period, float[]? stimuli = null)
    {
        if (split.Train.Length < 2 || split.Test.Length == 0 || period is not (180 or 360) || (stimuli is not null && stimuli.Length != split.Train.Length))
        {
            throw new ArgumentException(
                $"{split.Train.Length} training trials with {stimuli?.Length ?? split.Train.Length} stimuli, {split.Test.Length} test trials and period {period} are no task: "
                + "at least 2 and 1 trials, a stimulus for each, and a period of 180 or 360 degrees are needed.");
        }

        (_recording, _train, _test, Period) = (recording, split.Train, split.Test, period);
        Stimuli = Array.ConvertAll(stimuli ?? Array.ConvertAll(_train, row => recording.Stimuli[row]), angle => Wrap(angle, period));
        Phases = Array.ConvertAll(Stimuli, angle => Math.Tau * angle / period);
        var distinct = Stimuli.Distinct().Order().ToArray();
        DiscreteStimuli = 2 * distinct.Length <= Stimuli.Length && distinct.Length <= MostDiscrete ? distinct : null;
        _products = new(Multiply);
    }

    /// <summary>More different stimuli than this are taken for a sample of a continuum.</summary>
    public const int MostDiscrete = 36;

    /// <summary>Number of neurons.</summary>
    public int NeuronCount => _recording.NeuronCount;

    /// <summary>Number of training trials.</summary>
    public int TrainCount => _train.Length;

    /// <summary>Number of test trials.</summary>
    public int TestCount => _test.Length;

    /// <summary>The period of the decoded angle, degrees.</summary>
    public double Period { get; }

    /// <summary>Stimuli of the training trials, degrees in [0, period).</summary>
    public float[] Stimuli { get; }

    /// <summary>The same as phases: 2 pi angle / period.</summary>
    public double[] Phases { get; }

    /// <summary>The stimuli that there are, ascending, where the training trials show a few again and again; null where they sample the circle.</summary>
    public float[]? DiscreteStimuli { get; }

    /// <summary>
    /// Products of trials over all neurons, z-scored with the statistics of the training trials: of training trials with each other, and of test trials with training trials. Computed once.
    /// </summary>
    public (float[] Gram, float[] Cross) Products => _products.Value;

    /// <summary>Responses of some neurons at a time, as recorded. The arrays of a block are those of the next one too.</summary>
    public IEnumerable<NeuronBlock> Blocks()
    {
        var (train, test) = (Array.Empty<float>(), Array.Empty<float>());
        for (var first = 0; first < NeuronCount; first += BlockSize)
        {
            var count = Math.Min(BlockSize, NeuronCount - first);
            (train, test) = (Gather(_train, first, count, train), Gather(_test, first, count, test));
            yield return new(first, count, train, test);
        }
    }

    /// <summary>Responses of some neurons at a time, z-scored with the statistics of the training trials. The arrays of a block are those of the next one too.</summary>
    /// <param name="transform">What is done to responses first.</param>
    public IEnumerable<NeuronBlock> StandardizedBlocks(ResponseTransform transform = ResponseTransform.None)
    {
        foreach (var block in Blocks())
        {
            if (transform == ResponseTransform.SquareRoot)
            {
                TakeRoots(block);
            }

            var standardization = Standardization.Fit(block.Train, block.Count);
            standardization.Apply(block.Train);
            standardization.Apply(block.Test);
            yield return block;
        }
    }

    /// <summary>A task within the training trials: learn from some of them, decode the others.</summary>
    /// <param name="split">Positions among the training trials.</param>
    public DecodingTask Within(DataSplit split) => new(
        _recording,
        new DataSplit(Array.ConvertAll(split.Train, i => _train[i]), Array.ConvertAll(split.Test, i => _train[i])),
        Period,
        Array.ConvertAll(split.Train, i => Stimuli[i]));

    /// <summary>An angle brought into [0, period).</summary>
    internal static float Wrap(double degrees, double period)
    {
        var wrapped = (float)(degrees - period * Math.Floor(degrees / period));
        return wrapped < period ? wrapped : 0;
    }

    /// <summary>√(r - least response of the neuron in training): it makes the variance of counts, and of sums of events, independent of their mean.</summary>
    private static void TakeRoots(NeuronBlock block)
    {
        var least = new float[block.Count];
        Array.Fill(least, float.PositiveInfinity);
        for (var i = 0; i < block.Train.Length; i++)
        {
            least[i % block.Count] = Math.Min(least[i % block.Count], block.Train[i]);
        }

        foreach (var responses in (float[][])[block.Train, block.Test])
        {
            for (var i = 0; i < responses.Length; i++)
            {
                responses[i] = MathF.Sqrt(Math.Max(0, responses[i] - least[i % block.Count]));
            }
        }
    }

    private float[] Gather(int[] rows, int first, int count, float[] before)
    {
        var responses = before.Length == rows.Length * count ? before : GC.AllocateUninitializedArray<float>(rows.Length * count);
        for (var i = 0; i < rows.Length; i++)
        {
            _recording.Row(rows[i]).Slice(first, count).CopyTo(responses.AsSpan(i * count));
        }

        return responses;
    }

    private (float[] Gram, float[] Cross) Multiply()
    {
        var (gram, cross) = (new MatrixSum(TrainCount, TrainCount), new MatrixSum(TestCount, TrainCount));
        foreach (var block in StandardizedBlocks())
        {
            using var scope = new Tape(record: false);
            var (train, test) = block.ToTensors();
            gram.Add(train.MatMul(train.Transpose()));
            cross.Add(test.MatMul(train.Transpose()));
        }

        return (gram.Values, cross.Values);
    }
}
