using System.Text.Json.Serialization.Metadata;
using Decoder.Models;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Folders;

/// <summary>A folder that a command leaves: its configuration, which is written first, its figures, and its result, which is written last: where that is, all is computed. Every file is whole or absent.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <typeparam name="TConfiguration">All that decides the outcome.</typeparam>
/// <typeparam name="TResult">The outcome.</typeparam>
/// <param name="path">The folder.</param>
/// <param name="kind">Its kind.</param>
/// <param name="configuration">The JSON of the configuration.</param>
/// <param name="result">The JSON of the result.</param>
internal abstract class ResultFolder<TSelf, TConfiguration, TResult>(string path, FolderKind kind, JsonTypeInfo<TConfiguration> configuration, JsonTypeInfo<TResult> result)
    where TSelf : ResultFolder<TSelf, TConfiguration, TResult>, IResultFolder<TSelf>
    where TConfiguration : FolderConfiguration
    where TResult : class
{
    /// <summary>The folder, as it was given.</summary>
    public string Root => path;

    /// <summary>Its kind.</summary>
    public FolderKind Kind => kind;

    /// <summary>Where the figures are.</summary>
    public string Figures => PathOf(FolderKind.Figures);

    /// <summary>The trained network, for those that leave one.</summary>
    public string Model => PathOf("model.safetensors");

    private string Configuration => PathOf(kind.Configuration);

    private string Result => PathOf(FolderKind.Result);

    /// <summary>Makes the folder and notes the configuration.</summary>
    /// <exception cref="InvalidInputException">There is something in it already.</exception>
    public static TSelf Create(string path, TConfiguration configuration)
    {
        var folder = TSelf.At(path);
        NewFolder.Create(path, folder.Kind);
        folder.WriteConfiguration(configuration);
        return folder;
    }

    /// <summary>Opens a folder of this kind.</summary>
    /// <exception cref="InvalidInputException">It is of another kind, or none.</exception>
    public static TSelf Open(string path)
    {
        var folder = TSelf.At(path);
        return folder.Kind.Is(path) ? folder : throw new InvalidInputException(
            $"'{path}' has no {folder.Kind.Thing}: there is no {folder.Kind.Configuration} in it. 'decoder {folder.Kind.Command}' names the folder that it leaves, runs/... or sweeps/... unless --out says otherwise.");
    }

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidInputException">It was not written by this program.</exception>
    public virtual TConfiguration ReadConfiguration()
    {
        var read = JsonFile.Read(Configuration, configuration);
        return read.Format == FolderConfiguration.CurrentFormat ? read : throw new InvalidInputException(
            $"{Configuration} has format {read.Format}; this program reads format {FolderConfiguration.CurrentFormat}. Use the version of the program that wrote it, {read.Version}.");
    }

    /// <summary>The result; null where the command is not finished.</summary>
    /// <exception cref="InvalidInputException">It is damaged.</exception>
    public TResult? ReadResult() => File.Exists(Result) ? JsonFile.Read(Result, result) : null;

    /// <summary>The result of a command that is finished.</summary>
    /// <param name="command">The command that does the same again; null where that need not be said.</param>
    /// <exception cref="InvalidInputException">It is not finished, or damaged.</exception>
    public TResult RequireResult(string? command = null) => ReadResult()
        ?? throw new InvalidInputException($"'{path}' has no result: 'decoder {kind.Command}' did not finish. {kind.HowToFinish(path, command)}");

    /// <summary>Reads a table of predictions of the folder.</summary>
    /// <exception cref="InvalidInputException">It is damaged.</exception>
    protected static List<Prediction> ReadTable(string path)
    {
        try
        {
            return PredictionTable.Read(path);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidInputException(e.Message);
        }
    }

    /// <summary>Writes the result.</summary>
    public void WriteResult(TResult value) => JsonFile.Write(Result, value, result);

    private void WriteConfiguration(TConfiguration value) => JsonFile.Write(Configuration, value, configuration);

    /// <summary>The path of a file of the folder.</summary>
    protected string PathOf(string name) => Path.Combine(path, name);
}
