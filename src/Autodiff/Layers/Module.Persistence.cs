using System.Numerics;

namespace Autodiff;

public abstract partial class Module<T>
{
    /// <summary>Writes the parameters to a safetensors file, all or nothing.</summary>
    public void Save(string path)
    {
        SafeTensors file = new();
        Store(file);
        file.Save(path);
    }

    /// <summary>Reads the parameters from a safetensors file, by name.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or parameters are missing, unexpected or of another shape; the message
    /// lists them. Nothing was changed.</exception>
    public void Load(string path) => Restore(SafeTensors.Load(path));

    /// <summary>Puts the parameters into a file that may hold other things too, such as the optimizer's state.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What is put in front of each name, as in <c>model.</c></param>
    public void Store(SafeTensors file, string prefix = "")
    {
        foreach ((string name, Parameter<T> parameter) in NamedParameters)
        {
            file.Add(prefix + name, parameter);
        }
    }

    /// <summary>Takes the parameters from a file, by name.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands in front of each name; other names are not looked at.</param>
    /// <param name="strict">Whether every parameter must be in the file and everything in the file must be a parameter; without, what
    /// matches by name is taken, as when a part of a network is reused.</param>
    /// <exception cref="InvalidDataException">Parameters are missing, unexpected or of another shape; the message lists them. Nothing was
    /// changed.</exception>
    public void Restore(SafeTensors file, string prefix = "", bool strict = true)
    {
        IReadOnlyList<KeyValuePair<string, Parameter<T>>> named = NamedParameters;
        HashSet<string> known = [.. named.Select(pair => prefix + pair.Key)];
        List<string> problems = [];
        if (strict)
        {
            List(problems, "missing", [.. known.Where(name => !file.Contains(name))]);
            List(problems, "unexpected", [.. file.Names
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !known.Contains(name))]);
        }
        List(problems, "of another shape", [.. named
            .Where(pair => file.Contains(prefix + pair.Key) && file.ShapeOf(prefix + pair.Key) != pair.Value.Shape)
            .Select(pair => $"{prefix}{pair.Key} (file {file.ShapeOf(prefix + pair.Key)}, network {pair.Value.Shape})")]);
        if (problems.Count > 0)
        {
            throw new InvalidDataException($"The file does not hold this network's parameters: {string.Join("; ", problems)}. Build the "
                + "network with the sizes and names it was saved with.");
        }

        foreach ((string name, Parameter<T> parameter) in named)
        {
            if (!file.Contains(prefix + name))
            {
                continue;
            }

            parameter.Device.Upload<T>(file.Entries[prefix + name].As<T>(), parameter.View.Storage, parameter.View.Layout.Offset);
            parameter.View.Storage.Touch();
        }
    }

    private static void List(List<string> problems, string what, string[] names)
    {
        if (names.Length > 0)
        {
            problems.Add($"{what}: {string.Join(", ", names.Take(20))}{(names.Length > 20 ? $" and {names.Length - 20} more" : "")}");
        }
    }
}
