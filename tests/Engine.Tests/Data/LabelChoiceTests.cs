using DreamViz.Engine.Data;

namespace DreamViz.Engine.Tests.Data;

public class LabelChoiceTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(0, 300).Select(n => n % 10 == 0 ? 2 : n % 2)];

    [Theory]
    [InlineData(3, new[] { 1, 1, 1 })]
    [InlineData(30, new[] { 10, 10, 10 })]
    [InlineData(91, new[] { 31, 30, 30 })]
    [InlineData(1000, new[] { 120, 150, 30 })]
    public void As_many_of_each_class_keep_their_label_as_far_as_there_are_any(int known, int[] counts)
    {
        LabelChoice choice = new(Labels, 3, 1);
        int[] found = new int[3];
        for (int n = 0; n < Labels.Length; n++)
        {
            int label = choice.Of(n, known);
            if (label < 0) continue;
            Assert.Equal(Labels[n], label);
            found[label]++;
        }

        Assert.Equal(Math.Min(known, Labels.Length), found.Sum());
        for (int c = 0; c < 3; c++) Assert.InRange(found[c], counts[c] - 1, counts[c] + 1);
    }

    [Fact]
    public void The_choice_of_fewer_is_part_of_the_choice_of_more_and_the_seed_decides()
    {
        LabelChoice one = new(Labels, 3, 1), same = new(Labels, 3, 1), other = new(Labels, 3, 2);
        int[] Known(LabelChoice choice, int known) => [.. Enumerable.Range(0, Labels.Length).Where(n => choice.Of(n, known) >= 0)];
        Assert.Subset(Known(one, 40).ToHashSet(), Known(one, 20).ToHashSet());
        Assert.Equal(Known(one, 40), Known(same, 40));
        Assert.NotEqual(Known(one, 40), Known(other, 40));
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused() => Assert.Equal(
        "data, label of example 2: expected 0 to 1, found 5",
        Assert.Throws<InvalidInputException>(() => new LabelChoice([0, 5], 2, 1)).Message);
}
