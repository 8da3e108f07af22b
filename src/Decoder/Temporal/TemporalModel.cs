namespace Decoder.Temporal;

/// <summary>What a decoder makes of the course of a response.</summary>
internal enum TemporalModel
{
    /// <summary>Its mean: a linear decoder that knows no time.</summary>
    Static,

    /// <summary>The responses at all times side by side, as a history of lags: a linear decoder.</summary>
    Lags,

    /// <summary>Convolutions over time.</summary>
    Conv,

    /// <summary>A gated recurrent unit.</summary>
    Gru,
}
