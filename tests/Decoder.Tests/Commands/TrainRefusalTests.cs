using Decoder.Recordings;
using Decoder.Terminal;

namespace Decoder.Tests.Commands;

/// <summary>What <c>decoder train</c> refuses: with exit code 2, a message that names the value, and no folder.</summary>
public sealed class TrainRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--hidden 10,0", "--hidden 10,0: '0' is not a number of units")]
    [InlineData("--hidden 0 --dropout 0.5", "--dropout is for hidden units, and --hidden none has none")]
    [InlineData("--ensemble 0", "--ensemble 0: between 1 and 1000 networks")]
    [InlineData("--loss vonmises", "'vonmises' not recognized")]
    [InlineData("--hidden 10,,5", "--hidden 10,,5: '' is not a number of units")]
    [InlineData("--hidden -3", "--hidden -3: '-3' is not a number of units")]
    [InlineData("--hidden none --dropout 0.5", "--dropout is for hidden units, and --hidden none has none")]
    [InlineData("--activation step", "'step' not recognized")]
    [InlineData("--loss hinge", "'hinge' not recognized")]
    [InlineData("--optimizer lbfgs", "'lbfgs' not recognized")]
    [InlineData("--normalize minmax", "--normalize minmax: choose one of none, zscore")]
    [InlineData("--normalize 1", "--normalize 1: choose one of none, zscore")]
    [InlineData("--classes 8", "--classes 8 needs --loss classes")]
    [InlineData("--loss classes --classes 1", "--classes 1: between 2 and 360")]
    [InlineData("--loss classes --classes 361", "--classes 361: between 2 and 360")]
    [InlineData("--loss circular --label-width 5", "--label-width needs --loss classes")]
    [InlineData("--loss classes --label-width -1", "--label-width -1: degrees from 0 to the period, 360")]
    [InlineData("--period 90 --loss circular", "--period 90: it is 360 for direction or 180 for orientation")]
    [InlineData("--period 180", "--period 180 needs --loss circular, von-mises or classes")]
    [InlineData("--learning-rate 0", "--learning-rate 0: it must be positive")]
    [InlineData("--learning-rate NaN", "--learning-rate NaN: it must be positive")]
    [InlineData("--epochs 0", "--epochs 0: at least 1 is needed")]
    [InlineData("--epochs many", "many")]
    [InlineData("--batch-size 0", "--batch-size 0: at least 1 row is needed")]
    [InlineData("--test-fraction 1", "--test-fraction 1: it must be between 0 and 1")]
    [InlineData("--test-fraction 0", "--test-fraction 0: it must be between 0 and 1")]
    [InlineData("--test-fraction 0.999", "A test fraction of 0.999 of")]
    [InlineData("--seed -1", "-1")]
    [InlineData("--l1 -1", "--l1 -1: a penalty is a number from 0 on")]
    [InlineData("--l2 Infinity", "--l2 Infinity: a penalty is a number from 0 on")]
    [InlineData("--weight-decay NaN", "--weight-decay NaN: a penalty is a number from 0 on")]
    [InlineData("--dropout 1", "--dropout 1: a probability from 0 on, and less than 1")]
    [InlineData("--input-dropout -0.1", "--input-dropout -0.1: a probability from 0 on, and less than 1")]
    [InlineData("--early-stopping 0", "--early-stopping 0: the patience is at least 1 epoch")]
    [InlineData("--early-stopping --test-fraction 0.98", "which leaves too few")]
    [InlineData("--folds 1", "--folds 1: at least 2 are needed")]
    [InlineData("--folds 1000", "1000 folds of")]
    [InlineData("--folds 3 --test-fraction 0.2", "--folds tests on every row once; leave out --test-fraction")]
    [InlineData("--neurons half", "--neurons half: without --data a recording is simulated")]
    [InlineData("--resp dff", "--resp needs the file with the responses")]
    [InlineData("--running speed", "--running needs the file with the responses")]
    [InlineData("--remove-components -1", "--remove-components -1: a number from 0 on")]
    [InlineData("--remove-components 4", "--remove-components 4: ")]
    [InlineData("--stimuli a.npy", "--stimuli needs the file with the responses")]
    [InlineData("--device abacus", "--device abacus: 'abacus' is no device")]
    [InlineData("--bin-width 0", "0")]
    [InlineData("--data none.npz --hidden 4", "none.npz")]
    [InlineData("--resume none", "'none' has no run")]
    public async Task RefusesOptions(string options, string message)
    {
        var (code, output, error) = await CommandLine.Run(
            options.StartsWith("--resume", StringComparison.Ordinal)
                ? ["train", .. options.Split(' ')]
                : ["train", .. options.Contains("--data", StringComparison.Ordinal) || options.Contains("--neurons", StringComparison.Ordinal) ? (string[])[] : ["--neurons", "4", "--trials", "60"], .. options.Split(' '), "--out", _folder["run"]]);

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(message, error);
        Assert.DoesNotContain("   at ", error);
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData("--neurons 5", "--neurons 5: between 1 and 1 can be drawn")]
    [InlineData("--trials 0-4", "'0-4' is not within 0-3")]
    [InlineData("--trials 0-1", "are all of the training set")]
    [InlineData("--trials mask", "there is no such file, and no such array")]
    [InlineData("--keep still", "--keep needs the running speeds")]
    [InlineData("--normalize spontaneous", "no spontaneous activity")]
    [InlineData("--remove-components 1", "have 0 components that can be removed")]
    [InlineData("--folds 2", "comes split into training and test set, which --folds would mix")]
    public async Task RefusesOptionsThatDoNotGoWithTheRecording(string options, string message)
    {
        RecordingWriter.Write(new Recording([1, 2, 3, 4], [0, 90, 0, 90], "split", testStart: 2), _folder["a.npz"]);

        var (code, _, error) = await CommandLine.Run("train", "--data", _folder["a.npz"], "--out", _folder["run"], options.Split(' ')[0], options.Split(' ')[1]);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(message, error);
        Assert.Equal(["a.npz"], _folder.Names);
    }

    [Theory]
    [InlineData("--optimizer sgd --learning-rate 1e30 --epochs 1")]
    [InlineData("--optimizer sgd --learning-rate 1e30 --epochs 20")]
    public async Task ADivergenceIsNotADefect(string options)
    {
        var (code, output, error) = await CommandLine.Run(CommandLine.TrainArguments(_folder["run"], options));

        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains("training diverged. Choose a smaller --learning-rate than 1E+30", error);
        Assert.False(File.Exists(Path.Combine(_folder["run"], "model.safetensors")));
    }

    [Fact]
    public async Task NeverOverwrites()
    {
        await CommandLine.Train(_folder["run"], "--epochs 2");
        var before = Files();

        var (code, _, error) = await CommandLine.Run(CommandLine.TrainArguments(_folder["run"], "--epochs 2 --seed 1"));

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains($"There is the run of an earlier 'decoder train' in '{_folder["run"]}' already, and it is not overwritten", error);
        Assert.Equal(before, Files());

        File.WriteAllText(_folder["file"], "mine");
        (code, _, error) = await CommandLine.Run(CommandLine.TrainArguments(_folder["file"], "--epochs 2"));
        Assert.Equal((ExitCode.BadInput, "mine"), (code, File.ReadAllText(_folder["file"])));
        Assert.Contains("is a file; name a folder", error);

        (code, _, error) = await CommandLine.Run(CommandLine.TrainArguments(Path.Combine(_folder["file"], "run"), "--epochs 2"));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains($"'{_folder["file"]}' is a file. Choose another folder.", error);

        Directory.CreateDirectory(_folder["full"]);
        File.WriteAllText(Path.Combine(_folder["full"], "thesis.txt"), "mine");
        (code, _, error) = await CommandLine.Run(CommandLine.TrainArguments(_folder["full"], "--epochs 2"));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("is not empty", error);
        Assert.Single(Directory.GetFileSystemEntries(_folder["full"]));
    }

    [Fact]
    public async Task ResumeRefusesAFinishedRunAndOtherOptions()
    {
        await CommandLine.Train(_folder["run"], "--epochs 2");

        var (code, _, error) = await CommandLine.Run("train", "--resume", _folder["run"]);
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("is finished", error);

        (code, _, error) = await CommandLine.Run("train", "--resume", _folder["run"], "--epochs", "9", "--seed", "3", "--out", "x");
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("leave out --epochs, --seed, --out", error);
    }

    private Dictionary<string, string> Files() => Directory.GetFiles(_folder["run"], "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));
}
