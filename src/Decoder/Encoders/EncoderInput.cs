namespace Decoder.Encoders;

/// <summary>What an encoder predicts responses from.</summary>
public enum EncoderInput
{
    /// <summary>The image of the grating, by convolutions: the tutorial's encoder.</summary>
    Image,

    /// <summary>The angle of the grating.</summary>
    Angle,
}
