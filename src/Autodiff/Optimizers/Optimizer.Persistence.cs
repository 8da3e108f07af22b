using System.Globalization;
using System.Numerics;

namespace Autodiff;

public abstract partial class Optimizer<T>
{
    /// <summary>
    /// Writes step counts, running quantities and the groups' learning rates to a file, all or nothing, so that training can go on from
    /// there.
    /// </summary>
    public void Save(string path)
    {
        SafeTensors file = new();
        Store(file);
        file.Save(path);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or belongs to another optimizer; nothing was changed.</exception>
    public void Load(string path) => Restore(SafeTensors.Load(path));

    /// <summary>Puts the state into a file that may hold other things too, such as the network.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What is put in front of each name, as in <c>optimizer.</c></param>
    public void Store(SafeTensors file, string prefix = "")
    {
        for (int i = 0; i < _groups.Count; i++)
        {
            file.Metadata[$"{prefix}group{i}.learningRate"] = Text(_groups[i].LearningRate);
            file.Metadata[$"{prefix}group{i}.weightDecay"] = Text(_groups[i].WeightDecay);
            if (_groups[i].InitialLearningRate is { } initial)
            {
                file.Metadata[$"{prefix}group{i}.initialLearningRate"] = Text(initial);
            }
        }
        foreach ((string name, Parameter<T> parameter) in Named())
        {
            if (_states[parameter] is not { } state)
            {
                continue;
            }

            file.Metadata[$"{prefix}{name}.step"] = state.Step.ToString(CultureInfo.InvariantCulture);
            for (int i = 0; i < _bufferNames.Length; i++)
            {
                file.Add($"{prefix}{name}.{_bufferNames[i]}", state.Buffers[i]);
            }
        }
    }

    /// <summary>Takes the state from a file; parameters that the file does not mention start anew.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands in front of each name.</param>
    /// <exception cref="InvalidDataException">The file belongs to another optimizer; the message says how it differs. Nothing was
    /// changed.</exception>
    public void Restore(SafeTensors file, string prefix = "")
    {
        List<(string Name, Parameter<T> Parameter)> named = [.. Named()];
        Check(file, prefix, named);
        (double Rate, double Decay, double? Initial)[] groups = new (double, double, double?)[_groups.Count];
        for (int i = 0; i < groups.Length; i++)
        {
            string group = $"{prefix}group{i}", initial = $"{group}.initialLearningRate";
            groups[i] = (Number(file, $"{group}.learningRate"), Number(file, $"{group}.weightDecay"),
                file.Metadata.ContainsKey(initial) ? Number(file, initial) : null);
        }
        foreach ((string name, Parameter<T> parameter) in named)
        {
            _states[parameter] = file.Metadata.ContainsKey($"{prefix}{name}.step") ? Restored(file, $"{prefix}{name}", parameter) : null;
        }

        for (int i = 0; i < groups.Length; i++)
        {
            (_groups[i].LearningRate, _groups[i].WeightDecay) = (groups[i].Rate, groups[i].Decay);
            _groups[i].InitialLearningRate = groups[i].Initial;
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(SafeTensors file, string key)
    {
        if (!file.Metadata.TryGetValue(key, out string? text))
        {
            throw new InvalidDataException($"The file has no '{key}': it was not written by an optimizer with as many parameter groups.");
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0 && double.IsFinite(value)
            ? value
            : throw new InvalidDataException($"'{key}' is '{text}' in the file; a number from 0 on is needed.");
    }

    private void Check(SafeTensors file, string prefix, List<(string Name, Parameter<T> Parameter)> named)
    {
        List<string> problems = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach ((string name, Parameter<T> parameter) in named)
        {
            string step = $"{prefix}{name}.step";
            bool present = file.Metadata.TryGetValue(step, out string? text);
            if (present && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0))
            {
                problems.Add($"'{step}' is '{text}', not a number of steps");
            }

            foreach (string buffer in _bufferNames)
            {
                string key = $"{prefix}{name}.{buffer}";
                known.Add(key);
                if (present != file.Contains(key))
                {
                    problems.Add(present ? $"'{key}' is missing" : $"'{key}' is there, but '{step}' is missing");
                }
                else if (present && file.ShapeOf(key) != parameter.Shape)
                {
                    problems.Add($"'{key}' has shape {file.ShapeOf(key)}, the parameter {parameter.Shape}");
                }
            }
        }
        problems.AddRange(file.Names
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !known.Contains(key))
            .Select(key => $"'{key}' is not known"));
        if (file.Metadata.ContainsKey($"{prefix}group{_groups.Count}.learningRate"))
        {
            problems.Add($"it has more than the {_groups.Count} parameter group(s) of this optimizer");
        }

        if (problems.Count > 0)
        {
            throw new InvalidDataException($"The file does not hold the state of this {GetType().Name.Split('`')[0]}: "
                + $"{string.Join("; ", problems)}. Build the same network and optimizer as the one that was saved.");
        }
    }

    private ParameterState<T> Restored(SafeTensors file, string name, Parameter<T> parameter)
    {
        int step = int.Parse(file.Metadata[$"{name}.step"], CultureInfo.InvariantCulture);
        ParameterState<T> state = new(parameter, _bufferNames.Length) { Step = step };
        for (int i = 0; i < _bufferNames.Length; i++)
        {
            parameter.Device.Upload<T>(file.Entries[$"{name}.{_bufferNames[i]}"].As<T>(), state.Buffers[i].View.Storage, 0);
        }

        return state;
    }

    // Two networks may share an optimizer and both have a "0.weight": the second becomes "0.weight#2".
    private IEnumerable<(string Name, Parameter<T> Parameter)> Named()
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (ParameterGroup<T> group in _groups)
        {
            foreach (Parameter<T> parameter in group.Members)
            {
                int times = seen[parameter.Name] = seen.GetValueOrDefault(parameter.Name) + 1;
                yield return (times == 1 ? parameter.Name : $"{parameter.Name}#{times}", parameter);
            }
        }
    }
}
