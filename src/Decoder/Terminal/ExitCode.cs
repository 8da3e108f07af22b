namespace Decoder.Terminal;

/// <summary>What the program returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Success = 0;

    /// <summary>A defect of the program.</summary>
    public const int InternalError = 1;

    /// <summary>The command line, the data or the machine (a missing file, a full disk) do not allow it; the message says what to do.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Terminated by SIGTERM.</summary>
    public const int Terminated = 143;
}
