using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DreamViz.Engine.Numerics;
using DreamViz.Engine.Training.Checkpoints;

namespace DreamViz.Engine.Tests.Training.Checkpoints;

public sealed class SafeTensorsTests
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public void What_was_written_is_read_again_bit_for_bit()
    {
        (string Name, Matrix Values)[] tensors = Example();
        SafeTensorsContent content = SafeTensorsContent.Parse(Encode(tensors), "file");
        Assert.Equal(tensors.Select(t => t.Name), content.Names);
        Assert.Equal("Ünïcode \"quoted\" \n", content.Metadata["note"]);
        foreach ((string name, Matrix values) in tensors)
        {
            (int rows, int columns) = content.Shape(name);
            Matrix read = new(rows, columns);
            content.CopyTo(name, read);
            Assert.Equal((values.Rows, values.Columns), (read.Rows, read.Columns));
            for (int r = 0; r < rows; r++)
                Assert.Equal(Bits(values.Row(r)), Bits(read.Row(r)));
        }
    }

    [Fact]
    public void The_file_follows_the_format_read_by_its_specification_alone()
    {
        (string Name, Matrix Values)[] tensors = Example();
        byte[] file = Encode(tensors);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Assert.Equal(0, length % 8);
        Assert.Equal((byte)'{', file[8]);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        long reached = 0;
        foreach ((string name, Matrix values) in tensors)
        {
            JsonElement entry = header.RootElement.GetProperty(name);
            Assert.Equal("F32", entry.GetProperty("dtype").GetString());
            Assert.Equal([values.Rows, values.Columns], entry.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32()));
            long[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(e => e.GetInt64())];
            Assert.Equal(reached, offsets[0]);
            reached = offsets[1];
            Assert.Equal(4L * values.Rows * values.Columns, reached - offsets[0]);
            for (int i = 0; i < values.Rows * values.Columns; i++)
                Assert.Equal(values[i / values.Columns, i % values.Columns],
                    BitConverter.ToSingle(file, 8 + length + (int)offsets[0] + 4 * i));
        }

        Assert.Equal(file.Length, 8 + length + reached);
        string checksum = header.RootElement.GetProperty("__metadata__").GetProperty("sha256").GetString()!;
        string text = Encoding.Latin1.GetString(file).Replace(checksum, Zeros, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(text))), checksum);
    }

    /// <summary>By the safetensors package where there is one, else by the format's definition in plain Python.</summary>
    [SkippableFact]
    public void Python_reads_it()
    {
        using TemporaryFolder folder = new();
        const string Script = """
            import json, struct, sys
            path = sys.argv[1]
            try:
                from safetensors.numpy import load_file
                found = {name: (list(v.shape), v.tobytes()) for name, v in load_file(path).items()}
            except ImportError:
                file = open(path, 'rb').read()
                start = 8 + struct.unpack('<Q', file[:8])[0]
                header = json.loads(file[8:start].decode('utf-8'))
                header.pop('__metadata__')
                found = {name: (v['shape'], file[start + v['data_offsets'][0]:start + v['data_offsets'][1]])
                         for name, v in header.items()}
            for name, (shape, data) in found.items():
                print(name, *shape, data.hex())
            """;
        Skip.If(RunPython("pass") is null, "needs python3");
        (string Name, Matrix Values)[] tensors = Example();
        File.WriteAllBytes(folder.File("t"), Encode(tensors));
        string[] lines = RunPython(Script, folder.File("t"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(tensors.Select(Line).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));

        static string Line((string Name, Matrix Values) tensor) =>
            $"{tensor.Name} {tensor.Values.Rows} {tensor.Values.Columns} {Hex(tensor.Values)}";
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        byte[] file = Encode(Example());
        for (int bit = 0; bit < 8 * file.Length; bit++)
        {
            file[bit >> 3] ^= (byte)(1 << (bit & 7));
            AssertRefused(file);
            file[bit >> 3] ^= (byte)(1 << (bit & 7));
        }
    }

    [Fact]
    public void Every_truncation_and_every_tail_is_refused()
    {
        byte[] file = Encode(Example());
        for (int length = 0; length < file.Length; length++) AssertRefused(file[..length]);
        for (int tail = 1; tail <= 64; tail++) AssertRefused([.. file, .. new byte[tail]]);
        AssertRefused([.. file, .. file]);
    }

    [Theory]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", true)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#","n":1},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":["#"],"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F64","shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1e0,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1e400,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[2147483648,2147483648],"data_offsets":[0,0]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1073741824,1],"data_offsets":[0,4294967296]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[4,0]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,0],"data_offsets":[4,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[0,9],"data_offsets":[4,4]}}""", true)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"\ud800":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":null}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4],"extra":1}}""", false)]
    [InlineData("""{"__metadata__":{"sha256":"#"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},}""", false)]
    [InlineData("""[]""", false)]
    public void A_header_is_read_strictly_even_when_its_checksum_is_right(string header, bool accepted)
    {
        byte[] file = Sealed(header, new byte[4]);
        if (accepted) SafeTensorsContent.Parse(file, "file");
        else AssertRefused(file);
    }

    [Fact]
    public void A_message_is_one_short_line_whatever_the_file_holds()
    {
        string name = string.Concat(Enumerable.Repeat("\\n\\u001b[2J", 1000));
        byte[] file = Sealed("""{"__metadata__":{"sha256":"#"},"NAME":{"dtype":"X","shape":[1,1],"data_offsets":[0,4]}}""".Replace("NAME", name, StringComparison.Ordinal), new byte[4]);
        string message = Assert.Throws<InvalidInputException>(() => SafeTensorsContent.Parse(file, "file")).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 10, 400);
    }

    [Fact]
    public void A_matrix_of_another_shape_or_name_is_refused()
    {
        SafeTensorsContent content = SafeTensorsContent.Parse(Encode(Example()), "file");
        Assert.Contains("[3, 5]", Assert.Throws<InvalidInputException>(() => content.CopyTo("weights", new Matrix(5, 3))).Message);
        Assert.Throws<InvalidInputException>(() => content.Shape("nothing"));
    }

    [Fact]
    public void A_missing_file_gives_one_clear_line() =>
        Assert.StartsWith("nowhere.safetensors: cannot be read",
            Assert.Throws<InvalidInputException>(() => SafeTensorsContent.Read("nowhere.safetensors")).Message);

    /// <summary>Mutants whose checksum is made right again, so that the header's reader meets them.</summary>
    [Fact]
    public void Mutants_are_refused_by_one_exception_or_mean_what_they_say()
    {
        byte[] original = Encode(Example());
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(original);
        SafeTensorsMutator mutator = new(Encoding.UTF8.GetString(original, 8, headerLength), seed: 20);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutant = Sealed(mutator.Next(i), original[(8 + headerLength)..]);
            if (Accepts(mutant)) accepted++;
        }

        Assert.InRange(accepted, 1, 19_999);
    }

    private static bool Accepts(byte[] mutant)
    {
        SafeTensorsContent content;
        try
        {
            content = SafeTensorsContent.Parse(mutant, "mutant");
        }
        catch (InvalidInputException)
        {
            return false;
        }

        (string Name, Matrix Values)[] decoded = [.. content.Names.Select(name => (name, Load(content, name)))];
        using MemoryStream again = new();
        SafeTensors.Write(again, content.Metadata, decoded);
        SafeTensorsContent second = SafeTensorsContent.Parse(again.ToArray(), "again");
        Assert.Equal(content.Metadata, second.Metadata);
        foreach ((string name, Matrix values) in decoded) Assert.Equal(Hex(values), Hex(Load(second, name)));
        return true;
    }

    private static Matrix Load(SafeTensorsContent content, string name)
    {
        (int rows, int columns) = content.Shape(name);
        Matrix values = new(rows, columns);
        content.CopyTo(name, values);
        return values;
    }

    private static (string Name, Matrix Values)[] Example()
    {
        Matrix weights = new(3, 5), bias = new(1, 17), empty = new(0, 4);
        foreach (Matrix m in new[] { weights, bias })
        {
            m.Flat.Fill(float.NaN); // padding that must not be written
            for (int r = 0; r < m.Rows; r++)
                for (int c = 0; c < m.Columns; c++)
                    m[r, c] = r - c / 7f;
        }

        bias[0, 3] = float.NegativeZero;
        bias[0, 4] = float.Epsilon;
        return [("weights", weights), ("empty", empty), ("bias", bias)];
    }

    private static byte[] Encode((string Name, Matrix Values)[] tensors)
    {
        using MemoryStream stream = new();
        SafeTensors.Write(stream, new Dictionary<string, string> { ["note"] = "Ünïcode \"quoted\" \n" }, tensors);
        return stream.ToArray();
    }

    /// <summary>A file with this header, # replaced by the right checksum.</summary>
    private static byte[] Sealed(string header, byte[] data)
    {
        byte[] zeroed = Join(header.Replace("#", Zeros, StringComparison.Ordinal), data);
        string before = Latin(zeroed);
        int at = before.IndexOf(Zeros, StringComparison.Ordinal);
        if (at < 0) return zeroed;
        string checksum = Convert.ToHexStringLower(SHA256.HashData(zeroed));
        Encoding.ASCII.GetBytes(checksum, zeroed.AsSpan(at));
        return zeroed;
    }

    private static byte[] Join(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        int padded = (text.Length + 7) / 8 * 8;
        byte[] file = new byte[8 + padded + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, padded);
        file.AsSpan(8, padded).Fill((byte)' ');
        text.CopyTo(file, 8);
        data.CopyTo(file, 8 + padded);
        return file;
    }

    private static void AssertRefused(byte[] file) =>
        Assert.Throws<InvalidInputException>(() => SafeTensorsContent.Parse(file, "file"));

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static int[] Bits(ReadOnlySpan<float> row) => [.. row.ToArray().Select(BitConverter.SingleToInt32Bits)];

    private static string Hex(Matrix values)
    {
        StringBuilder hex = new();
        for (int r = 0; r < values.Rows; r++)
            foreach (float value in values.Row(r))
                hex.Append(Convert.ToHexStringLower(BitConverter.GetBytes(value)));
        return hex.ToString();
    }

    private static string? RunPython(string script, params string[] arguments)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", script, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            python.ErrorDataReceived += (_, _) => { };
            python.BeginErrorReadLine();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
