namespace Decoder.Figures;

/// <summary>What an angle of a given period is called.</summary>
internal static class AngleName
{
    public static string Of(double period) => period switch
    {
        360 => "direction",
        180 => "orientation",
        _ => "angle",
    };

    /// <summary>The angle in [0, period); the period itself stays, so that 360 does not jump to the other end of an axis.</summary>
    public static double Wrap(double angle, double period) => angle == period ? angle : angle - period * Math.Floor(angle / period);
}
