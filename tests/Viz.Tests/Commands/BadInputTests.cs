using System.IO.Compression;

namespace DreamViz.Viz.Tests.Commands;

public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--nonsense", "unknown command or option '--nonsense'")]
    [InlineData("bogus", "unknown command or option 'bogus'")]
    [InlineData("train --nonsense 3", "unknown command or option '--nonsense'")]
    [InlineData("train extra", "unknown command or option 'extra'")]
    [InlineData("train --steps", "--steps")]
    [InlineData("train --steps 0", "--steps: expected a whole number of at least 1, found '0'")]
    [InlineData("train --steps -5", "found '-5'")]
    [InlineData("train --steps 1e3", "found '1e3'")]
    [InlineData("train --steps 99999999999999999999", "--steps: expected")]
    [InlineData("train --steps 1 --steps 2", "--steps")]
    [InlineData("train --seconds 0", "--seconds: expected a number from 0.001")]
    [InlineData("train --seconds NaN", "found 'NaN'")]
    [InlineData("train --seconds Infinity", "found 'Infinity'")]
    [InlineData("train --rate 0", "--rate: expected a number from 0.0001 to 2, found '0'")]
    [InlineData("train --rate 0,5", "found '0,5'")]
    [InlineData("train --rate-decay -1", "--rate-decay")]
    [InlineData("train --batch 0", "--batch")]
    [InlineData("train --batch 501", "--batch: expected a whole number from 1 to 500")]
    [InlineData("train --samples 51", "--samples")]
    [InlineData("train --layers 0", "--layers: expected widths such as 200-100")]
    [InlineData("train --layers 200-", "--layers")]
    [InlineData("train --layers 20x10", "--layers")]
    [InlineData("train --layers 70000", "latent layer 1")]
    [InlineData("train --layers 60000-60000", "parameters")]
    [InlineData("compare --layers 70000 --steps 1", "latent layer 1")]
    [InlineData("compare --estimators nope", "estimator: expected one of wake-sleep")]
    [InlineData("laboratory --estimators nvil,nvil", "--estimators: expected each estimator once")]
    [InlineData("train --hidden -1", "--hidden")]
    [InlineData("train --autoregressive top", "--autoregressive: expected some of none, prior, hidden, visible, likelihood, recognition, all, found 'top'")]
    [InlineData("train --autoregressive prior,", "--autoregressive: expected some of")]
    [InlineData("train --prior sometimes", "--prior: expected learned, fixed or a probability between 0 and 1, found 'sometimes'")]
    [InlineData("compare --prior 1", "--prior: expected learned, fixed or a probability between 0 and 1, found '1'")]
    [InlineData("train --data bars --prior fixed --autoregressive prior", "model, fixed prior: expected none where the prior is autoregressive, which is learned, found 0.5")]
    [InlineData("train --data bars --layers 4 --estimator disarm --autoregressive all", "estimator disarm: expected independent units in recognition")]
    [InlineData("train --estimator reinforce", "estimator: expected one of wake-sleep")]
    [InlineData("train --data bars --layers 9-5 --estimator exact", "estimator exact: expected at most 12 latent units, found 14 (16-9-5)")]
    [InlineData("train --data bars --estimator vimco --samples 1", "setting Samples: expected at least 2 for vimco, found 1")]
    [InlineData("train --baseline-width 0", "--baseline-width: expected a whole number from 1 to 500, found '0'")]
    [InlineData("train --recognition-learning never", "expected wake or both or sleep, found 'never'")]
    [InlineData("train --optimizer lbfgs", "expected sgd or momentum or adam")]
    [InlineData("train --seed -1", "--seed")]
    [InlineData("train --seed x", "--seed")]
    [InlineData("train --threads 0", "--threads: expected a whole number from 1 to 256")]
    [InlineData("train --preset nope", "preset 'nope': expected dreaming-digits")]
    [InlineData("train --preset missing.json", "missing.json: no such file")]
    [InlineData("train --preset wardrobe", "--preset wardrobe --data FOLDER")]
    [InlineData("train --data nope", "data 'nope': expected digits")]
    [InlineData("train --data bars:99", "a whole number from 2 to 32, found '99'")]
    [InlineData("train --data digits:1", "no parameters")]
    [InlineData("train --data digits --binarization maybe", "expected threshold or fixed or every-epoch")]
    [InlineData("train --data digits --threshold 0", "--threshold")]
    [InlineData("train --data digits --test-share 1", "--test-share")]
    [InlineData("train --overwrite", "--overwrite: expected --out")]
    [InlineData("train --resume", "--resume: expected a checkpoint")]
    [InlineData("train --resume nowhere", "nowhere: no such file or folder")]
    [InlineData("train @file", "unknown command or option '@file'")]
    [InlineData("evaluate", "FOLDER|FILE")]
    [InlineData("evaluate nowhere", "nowhere: no such file or folder")]
    [InlineData("evaluate nowhere --bound iw:0", "--bound: expected elbo, iw:K or exact, found 'iw:0'")]
    [InlineData("evaluate nowhere --bound iw", "--bound")]
    [InlineData("evaluate nowhere --bound perplexity", "--bound")]
    [InlineData("evaluate nowhere --on weekends", "--on: expected test or validation or training")]
    [InlineData("evaluate nowhere --examples 0", "--examples")]
    [InlineData("--preset nope", "preset 'nope': expected dreaming-digits")]
    [InlineData("--port 70000", "--port: expected a whole number from 0 to 65535, found '70000'")]
    [InlineData("explore --bind here", "--bind: expected an IP address")]
    [InlineData("explore --screen tv", "--screen: expected")]
    [InlineData("explore --data nope", "data 'nope'")]
    [InlineData("record --data nope --out film.mp4", "data 'nope'")]
    [InlineData("record --fps 0", "--fps")]
    [InlineData("record --duration -1", "--duration")]
    [InlineData("record --size big", "--size")]
    [InlineData("data", "command")]
    [InlineData("data lst", "unknown command or option 'lst'")]
    [InlineData("data list extra", "unknown command or option 'extra'")]
    public void Nonsense_gets_one_line_and_a_failing_exit_code(string line, string part) =>
        Captured.Run(line.Split(' ')).IsRefused(part);

    [Fact]
    public void Arguments_of_nothing_and_of_odd_characters_are_refused_too()
    {
        Captured.Run("train", "--data", "").IsRefused("--data: expected");
        Captured.Run("train", "--data", "a\0b").IsRefused("data 'a");
        Captured.Run("train", "--data", "line\nbreak").IsRefused("data 'line break'");
        Captured.Run("train", "--out", folder["x\0y"], "--steps", "1").IsRefused("--out");
    }

    [Fact]
    public void Files_that_are_not_what_they_should_be_are_named_with_what_was_expected_and_found()
    {
        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8];
        byte[] gzip = Gzip(idx);
        Refused("magic", [1, .. idx[1..]], "expected IDX, which begins with 0000, found 0100");
        Refused("type", [0, 0, 13, .. idx[3..]], "expected IDX type 08 (unsigned byte), found 0d");
        Refused("rank", [0, 0, 8, 1, 0, 0, 0, 2, 1, 2], "rank 3, found rank 1");
        Refused("short", idx[..^1], "expected 8 bytes of values for the IDX shape 2×2×2, found 7");
        Refused("long", [.. idx, 0], "found 9");
        Refused("overflow", [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], "found 0");
        Refused("empty", [], "0 bytes");
        Refused("cut.gz", gzip[..^3], "");
        Refused("tail.gz", [.. gzip, 7], "");
        byte[] flipped = [.. gzip];
        flipped[^6] ^= 4;
        Refused("flipped.gz", flipped, "checksum");
        Refused("text", "hello, world"u8.ToArray(), "found 6865");

        void Refused(string name, byte[] content, string part)
        {
            string path = folder.Write(name, content);
            Captured.Run("train", "--data", path, "--out", folder["out"], "--steps", "1").IsRefused(part).IsRefused(path);
            Assert.False(Path.Exists(folder["out"]));
        }
    }

    [Fact]
    public void A_folder_without_pictures_is_refused()
    {
        Directory.CreateDirectory(folder["none"]);
        Captured.Run("train", "--data", folder["none"]).IsRefused("train-images-idx3-ubyte");
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_and_left_alone()
    {
        Captured.Run("train", "--data", "bars", "--layers", "3", "--steps", "2", "--out", folder["run"]).Succeeded();
        string path = folder["run/checkpoint.safetensors"];
        byte[] good = File.ReadAllBytes(path);
        byte[] bad = [.. good];
        bad[^5] ^= 1;
        foreach (byte[] damaged in (byte[][])[bad, good[..^1], [.. good, 0], []])
        {
            File.WriteAllBytes(path, damaged);
            Dictionary<string, string> before = folder.Contents();
            Captured.Run("evaluate", folder["run"]).IsRefused(path);
            Captured.Run("train", "--resume", folder["run"], "--steps", "9").IsRefused(path);
            Assert.Equal(before, folder.Contents());
        }
    }

    [Fact]
    public void An_output_that_exists_is_refused_before_any_training_and_nothing_is_overwritten()
    {
        foreach (string name in (string[])["checkpoint.safetensors", "metrics.csv", "preset.json"])
        {
            Directory.CreateDirectory(folder["run"]);
            folder.Write($"run/{name}", [1, 2, 3]);
            Dictionary<string, string> before = folder.Contents();
            Captured.Run("train", "--data", "bars", "--steps", "1000000000", "--out", folder["run"]).IsRefused("--overwrite");
            Assert.Equal(before, folder.Contents());
            Directory.Delete(folder["run"], recursive: true);
        }

        string file = folder.Write("file", [1]);
        Captured.Run("train", "--data", "bars", "--out", file).IsRefused("expected a folder, found a file");
        Captured.Run("train", "--data", "bars", "--out", file + "/below").IsRefused("cannot be made");
    }

    [Fact]
    public void Settings_that_cannot_be_used_leave_an_old_run_alone_even_with_overwrite()
    {
        Directory.CreateDirectory(folder["run"]);
        folder.Write("run/checkpoint.safetensors", [1, 2, 3]);
        Dictionary<string, string> before = folder.Contents();
        string[] run = ["train", "--out", folder["run"], "--overwrite"];
        Captured.Run([.. run, "--data", "bars", "--layers", "70000"]).IsRefused("latent layer 1");
        Captured.Run([.. run, "--data", "bars", "--estimator", "none"]).IsRefused("estimator");
        Captured.Run([.. run, "--data", "nope"]).IsRefused("data 'nope'");
        Assert.Equal(before, folder.Contents());
    }

    [Fact]
    public void A_preset_file_with_a_mistake_names_the_place()
    {
        string path = folder.Write("mine.json", "{ \"version\": 1, \"color\": 3 }"u8.ToArray());
        Captured.Run("train", "--preset", path).IsRefused("unknown key 'color'");
    }

    private static byte[] Gzip(byte[] data)
    {
        using MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.Optimal)) gzip.Write(data);
        return output.ToArray();
    }
}
