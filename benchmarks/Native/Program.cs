// The tutorial's training as a native program, compiled ahead of time: our side of the whole processes that 'native' names in the
// peers' report. It does what 'peers --alone' does, and prints the peak of its resident memory.
//
//   train-native STEPS THREADS
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Peers;

if (args is not [var steps, var threads])
{
    Console.Error.WriteLine("train-native STEPS THREADS; run through benchmarks/run.sh.");
    return 2;
}

using var training = new AutodiffTraining(int.Parse(threads, CultureInfo.InvariantCulture), RegressionWorkload.Tutorial);
training.Setup();
for (var step = 0; step < int.Parse(steps, CultureInfo.InvariantCulture); step++)
{
    training.Step();
}

using var self = Process.GetCurrentProcess();
Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
return 0;
