using Decoder.Recordings;
using Decoder.Representations;

namespace Decoder.Tests.Representations;

public sealed class RepresentedStimuliTests
{
    [Fact]
    public void HalfTheCircleIsAveragedPerDegreeAndShifted()
    {
        var recording = new Recording(
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14], [180, 45.25f, 45.75f, 0, 181, -180, 360], "test");

        var stimuli = RepresentedStimuli.Of(recording);

        Assert.Equal([-90, -44.5, 90], stimuli.Degrees);

        // 0 and 360 are the same stimulus, and so are 180 and -180.
        Assert.Equal([10, 11, 4, 5, 6, 7], stimuli.Responses);
    }

    [Fact]
    public void TrainingAndTestPartAreOne()
    {
        var recording = new Recording([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0, 60, 120, 0, 60, 120], "test", testStart: 3);

        var stimuli = RepresentedStimuli.Of(recording);

        Assert.Equal([-90, -30, 30], stimuli.Degrees);
        Assert.Equal([4, 5, 6, 7, 8, 9], stimuli.Responses);
    }

    [Fact]
    public void TooFewStimuliAreRefused()
    {
        var exception = Assert.Throws<RecordingException>(() => RepresentedStimuli.Of(new Recording([1, 2, 3, 4, 5, 6], [10, 200, 300], "test")));
        Assert.Contains("1 stimuli between 0 and 180 degrees", exception.Message);
        Assert.Throws<RecordingException>(() => RepresentedStimuli.Of(new Recording([1, 2, 3], [10, 20, 30], "test")));
    }

    [Fact]
    public void ComponentsAreTheAxesOfMostVariance()
    {
        // Stimuli on a tilted ellipse in a plane of three units: the first component has the long axis.
        var angles = Enumerable.Range(0, 36).Select(i => i * Math.PI / 18).ToArray();
        float[] responses = [.. angles.SelectMany(a => new[] { 5 + 3 * Math.Cos(a), 4 * Math.Cos(a), Math.Sin(a) - 7 }).Select(value => (float)value)];
        var scores = new Representation("a", "A", responses, 36, isSimulated: false).Components();
        var (sign1, sign2) = (Math.Sign(scores[0].First), Math.Sign(scores[9].Second));
        for (var i = 0; i < 36; i++)
        {
            Assert.Equal(sign1 * 5 * Math.Cos(angles[i]), scores[i].First, 1e-4);
            Assert.Equal(sign2 * Math.Sin(angles[i]), scores[i].Second, 1e-4);
        }
    }
}
