namespace Decoder.Rivals;

/// <summary>A way to decode angles: learns from training trials, decodes test trials.</summary>
public interface IAngleDecoder
{
    /// <summary>A short name, fit for a file: <c>super-neuron-ridge</c>.</summary>
    string Name { get; }

    /// <summary>What it is, in a line.</summary>
    string Description { get; }

    /// <summary>Why it cannot be used on these data; null where it can.</summary>
    string? WhyNot(DecodingTask task) => null;

    /// <summary>Learns and decodes.</summary>
    /// <param name="task">The trials.</param>
    /// <param name="cancellation">Stops with an <see cref="OperationCanceledException"/>.</param>
    DecodedAngles Decode(DecodingTask task, CancellationToken cancellation = default);
}
