using DreamViz.Engine.Tests.Training;

// Started by the test runner this does nothing; tests of crashes, failing disks, other machines' instructions and a silent heap
// start it as a process of its own.
return args switch
{
    ["save", string path, string count] => SavingProcess.Run(path, count),
    ["fingerprints"] => Fingerprints.Print(),
    ["allocations"] => Allocations.Print(),
    _ => 0,
};
