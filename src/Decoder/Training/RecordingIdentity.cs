using System.IO.Hashing;
using System.Runtime.InteropServices;
using Decoder.Recordings;

namespace Decoder.Training;

/// <summary>By what a recording is recognized when a run is taken up again.</summary>
/// <param name="Source">Where the data are from, for people.</param>
/// <param name="Neurons">Number of neurons.</param>
/// <param name="Stimuli">Number of rows.</param>
/// <param name="Simulated">Whether the data are simulated.</param>
/// <param name="Checksum">XXH128 of the responses, the stimuli and the spontaneous activity, hexadecimal.</param>
internal sealed record RecordingIdentity(string Source, int Neurons, int Stimuli, bool Simulated, string Checksum)
{
    public static RecordingIdentity Of(Recording recording)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(recording.Responses.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(recording.Stimuli.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(recording.Spontaneous.AsSpan()));
        return new(
            recording.Source, recording.NeuronCount, recording.StimulusCount, recording.IsSimulated, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
