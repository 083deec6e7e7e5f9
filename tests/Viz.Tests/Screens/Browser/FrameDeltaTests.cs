using DreamViz.Viz.Drawing;
using DreamViz.Viz.Screens.Browser;

namespace DreamViz.Viz.Tests.Screens.Browser;

public class FrameDeltaTests
{
    [Fact]
    public void A_frame_comes_back_from_the_frame_before_and_the_difference()
    {
        var random = new Random(1);
        var delta = new FrameDelta();
        byte[] before = [];
        for (int i = 0; i < 2000; i++)
        {
            byte[] now = Edit(before, random);
            Assert.Equal(now, DeltaReference.Decode(before, Encode(delta, before, now), now.Length));
            before = now;
        }
    }

    [Fact]
    public void An_unchanged_frame_costs_a_few_bytes()
    {
        byte[] frame = MovingFrame(new FakeExplorer(), 0.1);
        Assert.InRange(Encode(new(), frame, frame).Length, 1, 8);
    }

    [Fact]
    public void A_text_that_grows_by_a_character_costs_little_more_than_the_text()
    {
        byte[] before = WithText("step 999"), now = WithText("step 1,000");
        Assert.InRange(Encode(new(), before, now).Length, 1, 120);

        static byte[] WithText(string text)
        {
            var list = new DrawList();
            var canvas = new Canvas(list, GlyphCache.Shared);
            canvas.Begin(1280, 720);
            canvas.Text(text, 24, 660, new(14, FontWeight.Semibold, Palette.Text));
            for (int i = 0; i < 100; i++) canvas.Fill(new(i * 7, i * 5, 20, 20 + i), 4, Palette.Wake);
            return list.Bytes.ToArray();
        }
    }

    [Fact]
    public void A_frame_in_which_units_move_costs_less_than_half_of_itself()
    {
        var explorer = new FakeExplorer();
        var delta = new FrameDelta();
        byte[] before = MovingFrame(explorer, 1), now = MovingFrame(explorer, 1 / 60.0);
        Assert.InRange(Encode(delta, before, now).Length, 1, now.Length / 2);
    }

    private static byte[] MovingFrame(FakeExplorer explorer, double seconds)
    {
        var list = new DrawList();
        explorer.Frame(list, 1280, 720, seconds);
        return list.Bytes.ToArray();
    }

    private static byte[] Encode(FrameDelta delta, byte[] before, byte[] now)
    {
        var output = new ByteWriter();
        delta.Encode(before, now, output);
        return output.Bytes.ToArray();
    }

    // Cuts, repeats, moves, inserts and changes, from nothing up to some thousand bytes.
    private static byte[] Edit(byte[] bytes, Random random)
    {
        int a = random.Next(bytes.Length + 1), b = random.Next(bytes.Length + 1);
        (int from, int to) = (Math.Min(a, b), Math.Max(a, b));
        byte[] fresh = new byte[random.Next(40)];
        random.NextBytes(fresh);
        switch (random.Next(bytes.Length > 5000 ? 1 : 5))
        {
            case 0: return [.. bytes[..from], .. bytes[to..]];
            case 1: return [.. bytes[..from], .. fresh, .. bytes[from..]];
            case 2: return [.. bytes, .. bytes[from..to]];
            case 3: return [.. bytes[to..], .. bytes[from..to], .. bytes[..from]];
            default:
                byte[] changed = [.. bytes];
                for (int i = 0; i < fresh.Length && changed.Length > 0; i++) changed[random.Next(changed.Length)] = fresh[i];
                return changed;
        }
    }
}
