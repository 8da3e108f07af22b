namespace Decoder.Downloads;

/// <summary>A file cannot be had. The message says why and what to do.</summary>
internal sealed class DownloadException(string message, bool isWorthRetrying = false, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether the same request may succeed in a moment.</summary>
    public bool IsWorthRetrying => isWorthRetrying;
}
