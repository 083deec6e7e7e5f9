using DreamViz.Engine.Tests.Training;

// Started by the test runner this does nothing; tests of crashes and failing disks start it as a process to kill or to starve.
return args is ["save", ..] ? SavingProcess.Run(args[1], args[2]) : 0;
