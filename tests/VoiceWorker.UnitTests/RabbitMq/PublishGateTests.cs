using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class PublishGateTests
{
    [Fact]
    public void Set_OpenAndShut_EndTheirTasks()
    {
        var gate = new PublishGate();
        var (open, shut) = (gate.Open, gate.Shut);
        Assert.Equal((false, true), (open.IsCompleted, shut.IsCompleted));

        gate.Set(true);
        gate.Set(true);
        Assert.Equal((true, false, true), (open.IsCompleted, gate.Shut.IsCompleted, gate.IsOpen));

        gate.Set(false);
        Assert.Equal((false, true, false), (gate.Open.IsCompleted, gate.Shut.IsCompleted, gate.IsOpen));
    }
}
