namespace Decoder.Sweeps;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016): all trials are trained a little, the best part of them further, and so on; most of the time goes to trials that are worth it.
/// </summary>
internal static class HalvingSchedule
{
    /// <summary>A round.</summary>
    /// <param name="Trials">How many trials take part.</param>
    /// <param name="Budget">The epoch to which they train.</param>
    internal readonly record struct Rung(int Trials, int Budget);

    /// <summary>
    /// The rounds: in the last one the trials that are left train to their end; each one before it has <paramref name="factor"/> times as many trials, and ends at so many
    /// times fewer epochs.
    /// </summary>
    /// <param name="trials">Number of trials, at least 1.</param>
    /// <param name="epochs">Epochs of a whole training.</param>
    /// <param name="factor">At least 2; null for one round of all trials.</param>
    public static IReadOnlyList<Rung> Rungs(int trials, int epochs, int? factor)
    {
        var rungs = new List<Rung>();
        if (factor is { } eta)
        {
            var rounds = 0;
            for (long power = eta; power <= trials && power <= epochs; power *= eta)
            {
                rounds++;
            }

            for (var (round, power) = (rounds, (long)Math.Pow(eta, rounds)); round > 0; round--, power /= eta)
            {
                rungs.Add(new(rungs.Count == 0 ? trials : Survivors(rungs[^1].Trials, eta), (int)(epochs / power)));
            }

            if (rungs.Count > 0)
            {
                rungs.Add(new(Survivors(rungs[^1].Trials, eta), epochs));
                return rungs;
            }
        }

        return [new(trials, epochs)];
    }

    private static int Survivors(int trials, int factor) => Math.Max(1, trials / factor);
}
