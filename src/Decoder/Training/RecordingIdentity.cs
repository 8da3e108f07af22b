using System.IO.Hashing;
using System.Runtime.InteropServices;
using Decoder.Recordings;
using Decoder.Temporal;

namespace Decoder.Training;

/// <summary>By what a recording is recognized when a run is taken up again.</summary>
/// <param name="Source">Where the data are from, for people.</param>
/// <param name="Neurons">Number of neurons.</param>
/// <param name="Stimuli">Number of rows.</param>
/// <param name="Simulated">Whether the data are simulated.</param>
/// <param name="Checksum">XXH128 of the responses, the stimuli, and the spontaneous activity or the times, hexadecimal.</param>
internal sealed record RecordingIdentity(string Source, int Neurons, int Stimuli, bool Simulated, string Checksum)
{
    public static RecordingIdentity Of(Recording recording) => new(
        recording.Source, recording.NeuronCount, recording.StimulusCount, recording.IsSimulated, Of<float>(recording.Responses, recording.Stimuli, recording.Spontaneous ?? []));

    /// <summary>That of traces, their times and stimuli.</summary>
    public static RecordingIdentity Of(TraceRecording recording) => new(
        recording.Source, recording.NeuronCount, recording.TrialCount, recording.IsSimulated, Of<double>(recording.Traces, recording.Stimuli, recording.Times));

    private static string Of<T>(float[] responses, float[] stimuli, T[] rest)
        where T : unmanaged
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(responses.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(stimuli.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(rest.AsSpan()));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
