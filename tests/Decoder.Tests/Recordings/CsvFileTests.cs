using Decoder.Recordings;

namespace Decoder.Tests.Recordings;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,stimuli,b\n1,0,2\n3,90,4\n")]
    [InlineData("a;stimuli;b\r\n1;0;2\r\n\r\n3;90;4")]
    [InlineData("a\tStimulus\tb\n1\t0\t2\n3\t90\t4\n")]
    [InlineData("\uFEFF# a comment\n\"a\" , \"stimuli\" , \"b\"\n 1 ,0.0,2e0\n+3,9e1,\"4\"\n")]
    public void ReadsTrialsInRowsWithAColumnOfStimuli(string text)
    {
        var recording = Read(text);

        Assert.Equal([0, 90], recording.Stimuli);
        Assert.Equal([1, 2, 3, 4], recording.Responses);
    }

    [Theory]
    [InlineData("stimuli;a\n0,5;1,25\n90;-2,5e-1\n")]
    [InlineData("stimuli\ta\n0,5\t1,25\n90\t-0,25\n")]
    public void UnderstandsADecimalComma(string text)
    {
        var recording = Read(text);

        Assert.Equal([0.5f, 90], recording.Stimuli);
        Assert.Equal([1.25f, -0.25f], recording.Responses);
    }

    [Fact]
    public void AColumnOfRowNumbersWithoutANameIsNoNeuronAndThatIsSaid()
    {
        var recording = Read(",a,stimuli\n0,1,10\n1,2,20\n");

        Assert.Equal([1, 2], recording.Responses);
        Assert.Contains("not for a neuron", Assert.Single(recording.Notes));
    }

    [Fact]
    public void WithoutNamesColumnsHaveNumbers()
    {
        var recording = Read("1,10,2\n3,20,4\n", new() { Stimuli = "column2" });

        Assert.Equal([10, 20], recording.Stimuli);
        Assert.Equal([1, 2, 3, 4], recording.Responses);
        Assert.Contains("column1", Assert.Throws<ArrayNotFoundException>(() => Read("1,10,2\n3,20,4\n")).Message);
    }

    [Fact]
    public void ColumnsAreChosenByNameAndByPattern()
    {
        const string Text = "trial,n1,n2,angle,speed\n1,1,2,10,0\n2,3,4,20,5\n3,5,6,30,0\n";

        Assert.Equal([1, 2, 3, 4, 5, 6], Read(Text, new() { Responses = "n*", Stimuli = "angle" }).Responses);
        var still = Read(Text, new() { Stimuli = "angle", Running = "speed", Keep = Behaviour.Still });
        Assert.Equal([10, 30], still.Stimuli);
        Assert.Equal([1, 1, 2, 3, 5, 6], still.Responses);
        Assert.Contains("no column 'm*'", Assert.Throws<ArrayNotFoundException>(() => Read(Text, new() { Responses = "m*", Stimuli = "angle" })).Message);
    }

    [Fact]
    public void ReadsTwoFilesWhateverTheirOrientation()
    {
        File.WriteAllText(_folder["angles.csv"], "angle\n0\n90\n180\n");
        var options = new ReadingOptions { Stimuli = _folder["angles.csv"] };

        Assert.Equal([1, 2, 3, 4, 5, 6], Read("1,2\n3,4\n5,6\n", options).Responses);
        var turned = Read("1,3,5\n2,4,6\n", options);
        Assert.Equal([1, 2, 3, 4, 5, 6], turned.Responses);
        Assert.Contains("transposed", Assert.Single(turned.Notes));
    }

    [Theory]
    [InlineData("stimuli,a\n0,1\n90\n", "line 3 has 1 fields, but the first line 2")]
    [InlineData("stimuli,a\n0,1\n90,1,2\n", "line 3 has 3 fields")]
    [InlineData("stimuli,a\n0,1\n90,x\n", "line 3, column 2 ('a'): 'x' is not a number")]
    [InlineData("stimuli,a\n0,1\n90,1;2\n", "'1;2' is not a number")]
    [InlineData("stimuli;a\n0;1.234,5\n90;1\n", "'1.234,5' is not a number")]
    [InlineData("stimuli,a\n0,1\n90,\n", "neuron 0 in row 1 is NaN")]
    [InlineData("stimuli,a\n0,1\n,2\n", "stimulus 1 is NaN")]
    [InlineData("stimuli,a\n0,1\n90,inf\n", "'inf' is not a number")]
    [InlineData("stimuli,a,a\n0,1,2\n", "two columns are called 'a'")]
    [InlineData("stimuli,a\n", "no line of numbers")]
    [InlineData("# only a comment\n", "the table is empty")]
    [InlineData("stimuli\n0\n90\n", "no responses")]
    [InlineData("stimuli,\"a\n0,1\n", "quotation mark is not closed")]
    [InlineData("stimuli,a\n0,\0\n", "line 2: a zero byte")]
    [InlineData("", "empty")]
    public void RefusesTablesWithLineAndColumn(string text, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<RecordingException>(() => Read(text)).Message);

    [Fact]
    public void ALineThatDoesNotEndIsRefused()
    {
        using (var writer = new StreamWriter(_folder["file.csv"]))
        {
            var piece = new string('1', 1 << 20);
            for (var i = 0; i < 70; i++)
            {
                writer.Write(piece);
            }
        }

        Assert.Contains("longer than", Assert.Throws<RecordingException>(() => RecordingReader.Read(_folder["file.csv"])).Message);
    }

    [Fact]
    public void ATableBeyondTheLimitIsRefused()
    {
        File.WriteAllText(_folder["file.csv"], "stimuli,a\n0,1\n90,2\n");

        Assert.Contains("limit", Assert.Throws<RecordingException>(() => RecordingReader.Read(_folder["file.csv"], maximumBytes: 15)).Message);
        Assert.Equal(2, RecordingReader.Read(_folder["file.csv"], maximumBytes: 16).StimulusCount);
    }

    private Recording Read(string text, ReadingOptions? options = null)
    {
        File.WriteAllText(_folder["file.csv"], text);
        return RecordingReader.Read(_folder["file.csv"], options);
    }
}
