namespace Decoder.Terminal;

/// <summary>
/// What the user asked for is not possible. The message says what was asked, why it is not possible and what to do; it ends the program with
/// <see cref="ExitCode.BadInput"/>.
/// </summary>
internal class InvalidInputException(string message) : Exception(message)
{
    /// <summary>Refuses what is wrong.</summary>
    /// <param name="isWrong">Whether it is.</param>
    /// <param name="message">What it says then; numbers are written as everywhere, whatever the machine's language.</param>
    public static void ThrowIf(bool isWrong, FormattableString message)
    {
        if (isWrong)
        {
            throw new InvalidInputException(FormattableString.Invariant(message));
        }
    }
}
