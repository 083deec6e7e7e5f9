using System.Diagnostics;
using System.Globalization;
using System.Text;
using DreamViz.Engine.Training;

namespace DreamViz.Engine.Tests.Training;

/// <summary>A process of its own that saves one file again and again and acknowledges every save by its number.</summary>
internal static class SavingProcess
{
    public const int Refused = 3;

    /// <summary>The child: saves numbers from 1 on; exits with <see cref="Refused"/> when a save fails as it should.</summary>
    public static int Run(string path, string count)
    {
        try
        {
            for (int n = 1; n <= int.Parse(count, CultureInfo.InvariantCulture); n++)
            {
                DurableFile.Write(path, overwrite: true, stream => Write(stream, n));
                Console.Out.WriteLine(n);
            }
        }
        catch (InvalidInputException e)
        {
            Console.Out.WriteLine(e.Message);
            return Refused;
        }

        return 0;
    }

    /// <summary>The parent: starts the child, through another program where one is given.</summary>
    public static Process Start(string path, int count, params string[] through) =>
        OwnProcess.Start(["save", path, $"{count}"], through);

    /// <summary>The number in a file that is whole; fails on a torn one.</summary>
    public static int Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(Lines, lines.Length);
        Assert.Single(lines.Distinct());
        return int.Parse(lines[0], CultureInfo.InvariantCulture);
    }

    private const int Lines = 2000;

    private static void Write(Stream stream, int n)
    {
        // In several pieces, so that a kill can fall between them.
        byte[] piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{n:D8}\n", Lines / 4)));
        for (int i = 0; i < 4; i++) stream.Write(piece);
    }
}
