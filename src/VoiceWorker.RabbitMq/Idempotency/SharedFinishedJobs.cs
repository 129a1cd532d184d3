using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using StackExchange.Redis;

namespace VoiceWorker.RabbitMq.Idempotency;

/// <summary>
/// The memory of finished jobs that workers share in Redis. It is a help, not a need: when it does not answer in time
/// it is left alone for a while, and jobs are done as if they were new.
/// </summary>
internal sealed class SharedFinishedJobs : IDisposable
{
    private readonly RedisCache? _cache;
    private readonly DistributedCacheEntryOptions _entry;
    private readonly ResiliencePipeline _resilience;
    private readonly RabbitMqMetrics _metrics;
    private readonly ILogger _log;

    public SharedFinishedJobs(IOptions<FinishedJobsOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<SharedFinishedJobs> log)
    {
        var settings = options.Value;
        (_metrics, _log) = (metrics, log);
        _entry = new() { AbsoluteExpirationRelativeToNow = settings.Retention };
        _resilience = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new() { FailureRatio = 0.5, MinimumThroughput = 4, SamplingDuration = TimeSpan.FromSeconds(10), BreakDuration = TimeSpan.FromSeconds(15) })
            .AddTimeout(settings.RedisTimeout)
            .Build();
        if (settings.Redis is not null)
            _cache = new RedisCache(Options.Create(new RedisCacheOptions { ConfigurationOptions = Configuration(settings), InstanceName = "voiceworker:2:" }));
    }

    /// <summary>Whether there is a Redis server to share with.</summary>
    public bool IsOn => _cache is not null;

    /// <summary>How the job ended, if any worker remembers it.</summary>
    public ValueTask<FinishedJob?> FindAsync(UInt128 key) => TryAsync(async token =>
        await _cache!.GetAsync(Name(key), token) is { } bytes ? FinishedJob.FromBytes(bytes) : null);

    /// <summary>Remembers how a job ended.</summary>
    public async ValueTask RememberAsync(UInt128 key, FinishedJob job) => await TryAsync<object>(async token =>
    {
        await _cache!.SetAsync(Name(key), job.ToBytes(), _entry, token);
        return null;
    });

    public void Dispose() => _cache?.Dispose();

    /// <summary>The settings of a connection that is made when it is first needed and made again when it is lost.</summary>
    /// <exception cref="ArgumentException">The notation is wrong.</exception>
    internal static ConfigurationOptions Configuration(FinishedJobsOptions settings)
    {
        var configuration = ConfigurationOptions.Parse(settings.Redis!);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        if (settings.RedisPasswordFile is not null)
            configuration.Password = File.ReadAllText(settings.RedisPasswordFile).TrimEnd('\r', '\n');
        return configuration;
    }

    private static string Name(UInt128 key) => key.ToString("x32", CultureInfo.InvariantCulture);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever is wrong with Redis, the job can be done without it.")]
    private async ValueTask<T?> TryAsync<T>(Func<CancellationToken, Task<T?>> work)
        where T : class
    {
        try
        {
            // Redis' client heeds no cancellation once a command is sent.
            return await _resilience.ExecuteAsync(async token => await work(token).WaitAsync(token));
        }
        catch (Exception e)
        {
            _metrics.SharedMemoryErrors.Inc();
            Log.SharedMemoryFailed(_log, e.Message);
            return null;
        }
    }
}
