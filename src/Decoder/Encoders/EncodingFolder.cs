using Autodiff;
using Decoder.Terminal;
using Decoder.Training;

namespace Decoder.Encoders;

/// <summary>The folder that an encoder leaves. Its result is written last: where it is, all is there.</summary>
internal sealed class EncodingFolder
{
    private const string ConfigurationName = "encoding.json";

    private EncodingFolder(string path) => Root = path;

    /// <summary>The folder, as it was given.</summary>
    public string Root { get; }

    /// <summary>Where the figures are.</summary>
    public string Figures => Path.Combine(Root, "figures");

    private string Configuration => Path.Combine(Root, ConfigurationName);

    private string Result => Path.Combine(Root, "result.json");

    /// <summary>Whether a folder is one of an encoder.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, ConfigurationName));

    /// <summary>Makes the folder and notes the configuration.</summary>
    /// <exception cref="InvalidInputException">There is something in it already.</exception>
    public static EncodingFolder Create(string path, EncodingConfiguration configuration)
    {
        RunFolder.EnsureFree(path);
        Directory.CreateDirectory(path);
        var folder = new EncodingFolder(path);
        JsonFile.Write(folder.Configuration, configuration, EncodingJson.Default.EncodingConfiguration);
        return folder;
    }

    /// <summary>Opens the folder of an encoder.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static EncodingFolder Open(string path) => Is(path) ? new(path) : throw new InvalidInputException(
        $"There is no encoder in '{path}': it has no {ConfigurationName}. 'decoder encode' leaves its encoder in the folder that it prints, runs/... unless --out says otherwise.");

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidInputException">It was not written by this program.</exception>
    public EncodingConfiguration ReadConfiguration()
    {
        var configuration = JsonFile.Read(Configuration, EncodingJson.Default.EncodingConfiguration);
        return configuration.Format == EncodingConfiguration.CurrentFormat ? configuration : throw new InvalidInputException(
            $"{Configuration} has format {configuration.Format}; this program reads format {EncodingConfiguration.CurrentFormat}. Use the version of the program that wrote it, {configuration.Version}.");
    }

    /// <summary>The result; null where the encoder is not finished.</summary>
    /// <exception cref="InvalidInputException">It is damaged.</exception>
    public EncodingResult? ReadResult() => File.Exists(Result) ? JsonFile.Read(Result, EncodingJson.Default.EncodingResult) : null;

    public void WriteModel(SafeTensors model) => model.Save(Path.Combine(Root, "model.safetensors"));

    public void WriteResult(EncodingResult result) => JsonFile.Write(Result, result, EncodingJson.Default.EncodingResult);
}
