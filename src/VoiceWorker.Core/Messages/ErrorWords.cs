namespace VoiceWorker.Core.Messages;

/// <summary>
/// The beginnings of error messages that chat clients recognise. They are part of the wire contract: the clients
/// choose what to show by them.
/// </summary>
public static class ErrorWords
{
    /// <summary>The message cannot be read.</summary>
    public const string InvalidFormat = "Invalid message format: ";

    /// <summary>The message has nothing to translate.</summary>
    public const string NoInput = "No audio or text data provided";

    /// <summary>Speech recognition did not work.</summary>
    public const string RecognitionFailed = "Speech recognition failed";

    /// <summary>Anything else.</summary>
    public const string ProcessingFailed = "Processing failed: ";

    /// <summary>The message for the producer, with the beginning that belongs to the failure.</summary>
    public static string For(StageFailure failure) => failure switch
    {
        { Code: ErrorCode.NoInput } => failure.Message.StartsWith(NoInput, StringComparison.Ordinal) ? failure.Message : NoInput,
        { Stage: Stage.Intake } => With(InvalidFormat, failure.Message),
        { Stage: Stage.Transcribe } => failure.Message.StartsWith(RecognitionFailed, StringComparison.Ordinal)
            ? failure.Message
            : $"{RecognitionFailed}: {failure.Message}",
        _ => With(ProcessingFailed, failure.Message),
    };

    private static string With(string beginning, string message) =>
        message.StartsWith(beginning, StringComparison.Ordinal) ? message : beginning + message;
}
