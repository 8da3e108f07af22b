var sw = System.Diagnostics.Stopwatch.StartNew();
var n = args.Length > 0 ? int.Parse(args[0]) : 23589;
var r = Decoder.Simulation.PopulationSimulator.SimulateBinned(new() { Neurons = n, Threads = args.Length > 1 ? int.Parse(args[1]) : 0 });
Console.WriteLine($"{sw.Elapsed} {r.StimulusCount} {r.NeuronCount} {r.Responses.Max()} {r.Responses.Sum(x => (double)x)} peak {System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 / 1e6}");
return 0;
