using VoiceWorker.Core.Resilience;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class IntakeGateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Gate_AnyOrderOfShuttingAndOpening_IsShutWhileSomebodyHasShutIt(int seed)
    {
        var random = new Random(seed);
        var gate = new IntakeGate();
        object[] circuits = ["decode", "transcribe", "translate"];
        var shut = new HashSet<object>();
        for (var step = 0; step < 2_000; step++)
        {
            var (paused, open) = (gate.Paused, gate.Open);
            var circuit = circuits[random.Next(circuits.Length)];
            if (random.Next(2) == 0)
            {
                gate.Shut(circuit);
                shut.Add(circuit);
            }
            else
            {
                gate.Reopen(circuit);
                shut.Remove(circuit);
            }

            Assert.Equal(shut.Count > 0, gate.IsPaused);
            Assert.Equal((shut.Count > 0, shut.Count == 0), (gate.Paused.IsCompleted, gate.Open.IsCompleted));
            // Whoever waited before hears of it.
            Assert.True(shut.Count > 0 ? paused.IsCompleted : open.IsCompleted);
        }
    }
}
