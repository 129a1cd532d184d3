using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Replies;

/// <summary>
/// The beginnings of error messages that chat clients recognise. They are part of the wire contract: the clients
/// choose what to show by them.
/// </summary>
public static class ErrorMessages
{
    /// <summary>The message cannot be read.</summary>
    public const string InvalidFormat = "Invalid message format: ";

    /// <summary>The message has nothing to translate.</summary>
    public const string NoInput = "No audio or text data provided";

    /// <summary>Speech recognition did not work.</summary>
    public const string RecognitionFailed = "Speech recognition failed";

    /// <summary>Anything else.</summary>
    public const string ProcessingFailed = "Processing failed: ";

    private static readonly string[] Beginnings = [InvalidFormat, NoInput, RecognitionFailed, ProcessingFailed];

    /// <summary>The message for the producer: the failure's, with the beginning that belongs to it unless it has one.</summary>
    public static string For(StageFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Beginnings.Any(beginning => failure.Message.StartsWith(beginning, StringComparison.Ordinal)) ? failure.Message : failure switch
        {
            { Code: ErrorCode.NoInput } => NoInput,
            { Code: ErrorCode.RecognitionFailed } => $"{RecognitionFailed}: {failure.Message}",
            { Stage: Stage.Intake } => InvalidFormat + failure.Message,
            _ => ProcessingFailed + failure.Message,
        };
    }
}
