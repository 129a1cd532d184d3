namespace VoiceWorker.ChaosTests.Harness;

/// <summary>Jobs one after the other, a third each spoken, written and malformed.</summary>
internal static class SteadyLoad
{
    private static readonly byte[] Speech = EngineServer.MakeWav(8000);

    /// <summary>Sends a job now and one more after each pause, until it is told to stop.</summary>
    public static async Task RunAsync(ChaosProducer producer, TimeSpan pause, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            await ((i % 3) switch
            {
                0 => producer.SendSpeechAsync($"speech-{i}", Speech),
                1 => producer.SendTextAsync($"text-{i}"),
                _ => producer.SendAsync($"bad-{i}", "no json"u8.ToArray(), "application/json"),
            });
            await Task.Delay(pause, CancellationToken.None);
        }
    }
}
