using System.Diagnostics;

namespace Benchmarks.Gpu;

/// <summary>
/// Times contenders in rounds, A B C, B C A, ..., each waiting for its device before the next begins, and takes ratios within a round: what a clock or
/// another program changes from round to round slows all of a round alike.
/// </summary>
/// <param name="rounds">How many rounds.</param>
/// <param name="sampleSeconds">About how long each contender works per round.</param>
public sealed class InterleavedRounds(int rounds, double sampleSeconds)
{
    private const int MostRepetitions = 2000;

    /// <summary>Runs one comparison.</summary>
    public IEnumerable<object> Run(string group, string name, Comparison comparison)
    {
        List<Side> sides = [];
        try
        {
            foreach (var (contender, make) in comparison.Contenders)
            {
                sides.Add(new Side(contender, make));
                sides[^1].SetUp(sampleSeconds);
            }

            Side[] present = [.. sides.Where(side => side.Reason is null)];
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < present.Length; i++)
                {
                    present[(i + round) % present.Length].Take();
                }
            }

            foreach (var side in sides)
            {
                var value = side.Reason is null ? Distribution.Of(side.Samples) : null;
                var work = comparison.WorkOf.GetValueOrDefault(side.Name, comparison.Work);
                double? rate = value is null || work == 0 ? null : work / value.Median / 1e9;
                yield return new Figure(group, name, side.Name, "s", value, rate, comparison.RateUnit, side.Reason);
            }

            foreach (var pair in comparison.Pairs)
            {
                Side ours = sides.Single(side => side.Name == pair.Ours), theirs = sides.Single(side => side.Name == pair.Theirs);
                var ratio = ours.Reason is null && theirs.Reason is null
                    ? Distribution.Of(ours.Samples.Zip(theirs.Samples, (a, b) => a / (b * pair.Scale)))
                    : null;
                yield return new Verdict(group, name, pair.Ours, pair.Theirs, "", ratio, pair.Gate);
            }
        }
        finally
        {
            foreach (var side in sides)
            {
                side.Dispose();
            }
        }
    }

    private sealed class Side(string name, Func<IContender> make) : IDisposable
    {
        private IContender? _contender;
        private int _repetitions;

        public string Name { get; } = name;

        public string? Reason { get; private set; }

        public List<double> Samples { get; } = [];

        public void SetUp(double seconds)
        {
            try
            {
                _contender = make();
                _contender.SetUp();
            }
            catch (NotMeasuredException missing)
            {
                Reason = missing.Message;
                return;
            }

            // At least three times, since clocks rise and caches fill, then until the time of one is known well enough.
            var start = Stopwatch.GetTimestamp();
            var fastest = double.PositiveInfinity;
            for (var i = 0; i < 3 || (i < 50 && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds); i++)
            {
                fastest = Math.Min(fastest, _contender.Time(1));
            }

            _repetitions = (int)Math.Clamp(seconds / fastest, 1, MostRepetitions);
        }

        /// <summary>One sample, after a repetition that wakes the device.</summary>
        public void Take()
        {
            _contender!.Time(1);
            Samples.Add(_contender.Time(_repetitions) / _repetitions);
        }

        public void Dispose() => _contender?.Dispose();
    }
}
