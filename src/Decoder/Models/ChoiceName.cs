namespace Decoder.Models;

/// <summary>Names of choices as the command line and configurations spell them.</summary>
internal static class ChoiceName
{
    /// <summary>The name of a member of an enumeration, in lower case; the von Mises distribution has two words.</summary>
    public static string Of(string member) => member == nameof(LossKind.VonMises) ? "von-mises" : member.ToLowerInvariant();
}
