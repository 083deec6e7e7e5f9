using DreamViz.Engine;
using DreamViz.Viz.Recording;

namespace DreamViz.Viz.Tests.Recording;

public sealed class FilmPlanTests
{
    [Fact]
    public void The_last_frame_of_a_film_that_has_an_end_shows_its_last_step()
    {
        for (long to = 0; to < 3000; to += 37)
        {
            FilmPlan plan = FilmPlan.Create(10, 60, null, to, null, null);
            double owed = 0;
            long step = plan.From;
            for (long frame = 0; frame < plan.Frames; frame++)
            {
                owed += plan.StepsPerFrame;
                (step, owed) = (step + (int)owed, owed - (int)owed);
            }

            Assert.Equal(to, step);
        }
    }

    [Fact]
    public void Speed_is_per_second_of_film_and_the_usual_film_ends_at_step_12000()
    {
        Assert.Equal(2, FilmPlan.Create(1, 30, null, null, 60, null).StepsPerFrame);
        FilmPlan usual = FilmPlan.Create(10, 60, null, null, null, null);
        Assert.Equal(12_000, usual.Frames * usual.StepsPerFrame);
    }

    [Fact]
    public void Contradictions_are_refused()
    {
        Assert.Throws<InvalidInputException>(() => FilmPlan.Create(1, 60, 100, 50, null, null));
        Assert.Throws<InvalidInputException>(() => FilmPlan.Create(1, 60, null, 50, 3, null));
        Assert.Throws<InvalidInputException>(() => FilmPlan.Create(1, 60, null, null, 3, 2));
    }
}
