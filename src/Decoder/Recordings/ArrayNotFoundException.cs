namespace Decoder.Recordings;

/// <summary>A file is sound, but which of its arrays make the recording is not known. The message names what there is and the options that choose.</summary>
public sealed class ArrayNotFoundException(string message) : RecordingException(message);
