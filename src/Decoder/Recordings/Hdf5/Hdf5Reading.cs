namespace Decoder.Recordings.Hdf5;

/// <summary>What a process that reads an HDF5 file may take before it is ended: such a file can be made to hang or to fill the memory of whoever reads it.</summary>
/// <param name="TimeLimit">For the whole file.</param>
/// <param name="MemoryLimit">Bytes.</param>
/// <param name="Cancellation">Ends the process at once.</param>
internal sealed record Hdf5Reading(TimeSpan TimeLimit, long MemoryLimit, CancellationToken Cancellation = default)
{
    /// <summary>Ten minutes.</summary>
    public static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromMinutes(10);

    /// <summary>2 GiB: arrays are read in pieces.</summary>
    public const long DefaultMemoryLimit = 2L << 30;
}
