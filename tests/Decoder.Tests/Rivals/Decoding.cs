using Decoder.Rivals;

namespace Decoder.Tests.Rivals;

/// <summary>Decodes until the test is cancelled.</summary>
internal static class Decoding
{
    public static DecodedAngles Run(this IAngleDecoder decoder, DecodingTask task) => decoder.Decode(task, TestContext.Current.CancellationToken);
}
