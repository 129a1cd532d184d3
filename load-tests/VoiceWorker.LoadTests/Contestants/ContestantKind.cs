namespace VoiceWorker.LoadTests.Contestants;

/// <summary>Who answers the jobs.</summary>
internal enum ContestantKind
{
    /// <summary>RabbitMQ.Client alone: consume, publish with confirm, acknowledge. It does no work: the limit.</summary>
    Raw,

    /// <summary>The worker: its whole transport and pipeline.</summary>
    Worker,

    /// <summary>One job at a time, one step after the other.</summary>
    Sequential,

    /// <summary>Concurrent handlers that await the same steps, with a pool of four for the engines' work.</summary>
    Async,

    /// <summary>A MassTransit 8 consumer that does the same steps.</summary>
    MassTransit,

    /// <summary>The engines and codecs alone, without broker and pipeline.</summary>
    EnginesOnly,
}
