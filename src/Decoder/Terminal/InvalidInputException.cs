namespace Decoder.Terminal;

/// <summary>
/// What the user asked for is not possible. The message says what was asked, why it is not possible and what to do; it ends the program with
/// <see cref="ExitCode.BadInput"/>.
/// </summary>
internal class InvalidInputException(string message) : Exception(message);
