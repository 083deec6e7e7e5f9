using System.Runtime.InteropServices;
using DreamViz.Viz.Commands;

using CancellationTokenSource stop = new();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
return CommandLine.Run(args, Console.Out, Console.Error, stop.Token);

// The first request ends the command between two steps, so that it can save; the second one ends the process.
void End(PosixSignalContext context)
{
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
