using Microsoft.Extensions.Logging;

namespace VoiceWorker.IntegrationTests;

/// <summary>Puts what the worker logs into the output of the test that runs it.</summary>
internal sealed class TestOutputLoggerProvider : ILoggerProvider, ILogger
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            _output?.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {formatter(state, exception)} {exception}");
        }
        catch (InvalidOperationException)
        {
            // The test is over; the worker is still stopping.
        }
    }

    public void Dispose()
    {
    }
}
