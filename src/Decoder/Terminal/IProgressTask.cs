namespace Decoder.Terminal;

/// <summary>A long task that tells how far it is. May be called from any thread.</summary>
internal interface IProgressTask : IProgress<double>
{
    /// <summary>The finished fraction, in [0, 1], and a few words such as 'loss 12.3'.</summary>
    void Report(double fraction, string status);
}
