using System.CommandLine;
using System.Globalization;
using Decoder.Recordings.Hdf5;
using Decoder.Terminal;

namespace Decoder.Commands;

/// <summary>The options that bound the process in which HDF5 files are read.</summary>
internal sealed class Hdf5Options
{
    private readonly Option<double> _timeLimit = new("--time-limit")
    {
        Description = "HDF5 files are read by another process; end it after so many seconds.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => Hdf5Reading.DefaultTimeLimit.TotalSeconds,
    };

    private readonly Option<int> _memoryLimit = new("--memory-limit")
    {
        Description = "End it when it needs more memory than so many MiB.",
        HelpName = "MIB",
        DefaultValueFactory = _ => (int)(Hdf5Reading.DefaultMemoryLimit >> 20),
    };

    /// <summary>Both options.</summary>
    public IReadOnlyList<Option> All => [_timeLimit, _memoryLimit];

    /// <summary>The bounds that are asked for.</summary>
    /// <exception cref="InvalidInputException">One is out of range.</exception>
    public Hdf5Reading Bounds(ParseResult parse, CancellationToken cancellation)
    {
        var (seconds, mebibytes) = (parse.GetValue(_timeLimit), parse.GetValue(_memoryLimit));
        if (!(seconds is > 0 and <= 1e6))
        {
            throw new InvalidInputException(string.Create(CultureInfo.InvariantCulture, $"{_timeLimit.Name} {seconds}: a number of seconds above 0 is needed."));
        }

        return mebibytes >= 64
            ? new(TimeSpan.FromSeconds(seconds), (long)mebibytes << 20, cancellation)
            : throw new InvalidInputException($"{_memoryLimit.Name} {mebibytes}: at least 64 MiB are needed.");
    }
}
