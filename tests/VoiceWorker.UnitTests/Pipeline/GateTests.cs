using VoiceWorker.Core.Resilience;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class GateTests
{
    [Fact]
    public void Set_OpenAndShut_EndTheirTasks()
    {
        var gate = new Gate(isOpen: false);
        var (open, shut) = (gate.Open, gate.Shut);
        Assert.Equal((false, true), (open.IsCompleted, shut.IsCompleted));

        gate.Set(true);
        gate.Set(true);
        Assert.Equal((true, false, true), (open.IsCompleted, gate.Shut.IsCompleted, gate.IsOpen));

        gate.Set(false);
        Assert.Equal((false, true, false), (gate.Open.IsCompleted, gate.Shut.IsCompleted, gate.IsOpen));
    }
}
