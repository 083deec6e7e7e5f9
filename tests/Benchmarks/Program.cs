using DreamViz.Benchmarks.Presets;

return args switch
{
    ["presets", .. string[] rest] => PresetBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: presets [--seeds N] [--steps N] [--threads N] [--data-mnist FOLDER] [--data-fashion FOLDER] [--json FILE]");
    return 2;
}
