using Decoder.Terminal;

namespace Decoder.Training;

/// <summary>The loss is no longer a number. The settings do not allow training; a search goes on with others.</summary>
internal sealed class DivergenceException(string message) : InvalidInputException(message);
