using System.Globalization;
using Autodiff;

namespace Decoder.Training;

/// <summary>Watches the loss on the validation set, remembers the weights of the best epoch, and says when there has been none better for long enough.</summary>
internal sealed class EarlyStopping(IReadOnlyList<Parameter<float>> parameters, int patience)
{
    private const string Prefix = "best.";

    private readonly Parameter<float>[] _best = [.. parameters.Select(parameter => new Parameter<float>(parameter, parameter.Name))];
    private double _bestLoss = double.PositiveInfinity;

    /// <summary>The epoch with the least loss so far, from 1; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Notes the loss after an epoch.</summary>
    /// <returns>Whether to stop.</returns>
    public bool Observe(int epoch, double loss)
    {
        if (loss < _bestLoss)
        {
            (_bestLoss, BestEpoch) = (loss, epoch);
            Copy(parameters, _best);
        }

        return epoch - BestEpoch >= patience;
    }

    /// <summary>Puts the weights of the best epoch back.</summary>
    public void TakeBest() => Copy(_best, parameters);

    public void Store(SafeTensors file)
    {
        file.Metadata["earlyStopping.bestEpoch"] = BestEpoch.ToString(CultureInfo.InvariantCulture);
        file.Metadata["earlyStopping.bestLoss"] = _bestLoss.ToString("R", CultureInfo.InvariantCulture);
        foreach (var parameter in _best)
        {
            file.Add(Prefix + parameter.Name, parameter);
        }
    }

    public void Restore(SafeTensors file)
    {
        BestEpoch = Checkpoint.Int32(file, "earlyStopping.bestEpoch");
        _bestLoss = Checkpoint.Double(file, "earlyStopping.bestLoss");
        foreach (var parameter in _best)
        {
            parameter.Assign(file.Get<float>(Prefix + parameter.Name, parameter.Device));
        }
    }

    private static void Copy(IReadOnlyList<Parameter<float>> from, IReadOnlyList<Parameter<float>> to)
    {
        for (var i = 0; i < from.Count; i++)
        {
            to[i].Assign(from[i]);
        }
    }
}
