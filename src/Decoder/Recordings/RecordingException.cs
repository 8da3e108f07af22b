namespace Decoder.Recordings;

/// <summary>A recording cannot be used as it is. The message says what was found and what to do.</summary>
public class RecordingException : Exception
{
    /// <summary>States what is wrong.</summary>
    public RecordingException(string message)
        : base(message)
    {
    }

    /// <summary>States what is wrong and what revealed it.</summary>
    public RecordingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
