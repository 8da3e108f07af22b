namespace Decoder.Evaluation;

/// <summary>Checks that there is one decoded value for each actual one.</summary>
internal static class Pairs
{
    public static void Check(int decoded, int actual)
    {
        if (decoded != actual || decoded == 0)
        {
            throw new ArgumentException($"{decoded} decoded values cannot be compared with {actual} actual ones; there must be as many, and at least 1.");
        }
    }
}
