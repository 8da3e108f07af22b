using System.Text.RegularExpressions;

namespace Decoder.Reports;

/// <summary>Captions of the figures that this program draws, by the names of their files.</summary>
internal static partial class FigureCaptions
{
    // In the order in which a report shows them.
    private static readonly (string Name, FigureCaption Caption)[] Known =
    [
        ("comparison", new("Median error of each decoder on the same test trials, with its 95 % interval.", "A point with an interval for each decoder, ours first.")),
        ("models", new("Mean error of each decoder of the course of responses and of their mean, with its 95 % interval.", "A point with an interval for each decoder.")),
        ("accuracy-course", new("Accuracy of a decoder of each time bin alone, with 95 % intervals; the line is chance.", "A curve that leaves chance once neurons answer.")),
        ("error-course", new("Mean error of a decoder of each time bin alone, with 95 % intervals; the line is chance.", "A curve that falls from chance once neurons answer.")),
        ("responses", new("Responses of the recording: a row for each neuron, a column for each stimulus.", "A heat map of responses, neurons by stimuli.")),
        ("tuning", new("Tuning curves: responses of single neurons against the angle of the grating.", "Responses of some neurons against the angle.")),
        ("loss", new("Learning curve: the loss that is minimized, on training data and, where it was computed, on held-out data.", "Loss against the number of epochs.")),
        ("filters", new("Filters of the convolution, before training and after.", "Small images of the filters, before training and after.")),
        ("decoded", new("Decoded against actual angle on the test set; a perfect decoder is on the diagonal.", "Points near the diagonal where decoding works.")),
        ("decoded-static", new("Decoded against actual angle, by the mean response.", "Points near the diagonal where decoding works.")),
        ("decoded-lags", new("Decoded against actual angle, by the history of time lags.", "Points near the diagonal where decoding works.")),
        ("decoded-conv", new("Decoded against actual angle, by convolutions over time.", "Points near the diagonal where decoding works.")),
        ("decoded-gru", new("Decoded against actual angle, by a recurrent network.", "Points near the diagonal where decoding works.")),
        ("error", new("Error of decoding against the actual angle: where on the circle the decoder fails.", "Points around the line of no error.")),
        ("neurons", new("Error against the number of neurons, with its fit.", "A falling curve.")),
        ("trials", new("Error against the number of training trials, with its fit.", "A falling curve.")),
        ("halves", new("Errors of one half of the neurons against those of the other, trial by trial.", "Points, one for each test trial.")),
        ("confusion", new("Which classes are taken for which: each row is a shown class, and its fractions add up to 1.", "A square map with the greatest fractions on the diagonal where decoding works.")),
        ("calibration", new("Calibration: whether the decoder is right as often as the uncertainty that it predicts says; calibrated ones are on the diagonal.", "A curve beside the diagonal of perfect calibration.")),
        ("discrimination", new("How often the decoded angles tell the sign of a difference of angles, and the fit whose 75 % point is the discrimination threshold.", "A rising curve from chance to certainty.")),
        ("sorted-responses", new("Responses on test trials, neurons sorted by the angle that they prefer on training trials.", "A heat map, high along the diagonal where neurons are tuned.")),
        ("input-weights", new("Weights from the neurons to the first layer, both sorted by preferred angle.", "A heat map of weights, negative and positive.")),
        ("hidden-tuning", new("Tuning of the hidden units: their activity against the stimulus, each less its mean.", "A heat map of activity, stimuli by units.")),
        ("hidden-components", new("Activity of the hidden units on test trials, in its first two principal components, coloured by the stimulus.", "Points in the plane, one for each test trial.")),
        ("output-weights", new("Weights from the last hidden layer to the outputs.", "A heat map of weights, negative and positive.")),
        ("saliency", new("Gradient of the decoded angle with respect to each neuron: which neurons would move it, and where to.", "A heat map of gradients, negative and positive.")),
        ("saliency-profile", new("The same gradient against the difference of preferred angle and stimulus, averaged.", "A curve of the mean gradient.")),
        ("dissimilarity-population", new("Dissimilarity (1 - correlation) of the population's responses to each pair of angles.", "A square map, low on the diagonal.")),
        ("dissimilarity-v1", new("Dissimilarity (1 - correlation) of the recorded neurons' responses to each pair of gratings.", "A square map, low on the diagonal.")),
        ("dissimilarity-pooled", new("Dissimilarity (1 - correlation) of the network's pooled maps of each pair of gratings.", "A square map, low on the diagonal.")),
        ("dissimilarity-hidden", new("Dissimilarity (1 - correlation) of the hidden layer's responses to each pair of angles.", "A square map, low on the diagonal.")),
        ("rows-v1", new("Dissimilarity of the recorded responses to some gratings from those to all others.", "Curves that fall to 0 at their own grating.")),
        ("rows-pooled", new("Dissimilarity of the network's pooled maps of some gratings from those of all others.", "Curves that fall to 0 at their own grating.")),
        ("rows-hidden", new("Dissimilarity of the network's hidden units for some gratings from those for all others.", "Curves that fall to 0 at their own grating.")),
        ("components-v1", new("The recorded responses in their first two principal components, coloured by the grating.", "Points in the plane, one for each grating.")),
        ("components-pooled", new("The network's pooled maps in their first two principal components, coloured by the grating.", "Points in the plane, one for each grating.")),
        ("components-hidden", new("The network's hidden units in their first two principal components, coloured by the grating.", "Points in the plane, one for each grating.")),
    ];

    /// <summary>The caption of a figure; null where it is not known. That of one of several layers is the caption of all.</summary>
    public static FigureCaption? Of(string name) => Find(name) is var i and >= 0 ? Known[i].Caption : null;

    /// <summary>Where among the figures it is shown.</summary>
    public static int Rank(string name) => Find(name) is var i and >= 0 ? i : Known.Length;

    private static int Find(string name)
    {
        var family = LayerPattern().Replace(name, "");
        return Array.FindIndex(Known, known => known.Name == family);
    }

    [GeneratedRegex(@"-\d+$")]
    private static partial Regex LayerPattern();
}
