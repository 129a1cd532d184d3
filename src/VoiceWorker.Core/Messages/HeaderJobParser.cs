namespace VoiceWorker.Core.Messages;

/// <summary>Reads a job whose body is raw audio and whose fields are headers.</summary>
internal static class HeaderJobParser
{
    private static readonly JobField[] Texts =
        [JobField.SourceLang, JobField.TargetLang, JobField.SenderId, JobField.MessageId, JobField.Voice, JobField.AudioFormat, JobField.Model];

    private static readonly JobField[] Flags = [JobField.Progress, JobField.IncludeOriginalAudio];

    public static void Parse(ReadOnlyMemory<byte> body, in JobProperties properties, JobLimits limits, ref JobFields fields)
    {
        if (!body.IsEmpty)
            fields.Audio = new AudioInput(body, IsBase64: false, properties.ContentType);
        foreach (var field in Texts)
        {
            var value = JobHeaders.Text(properties.Headers, field.Name());
            if (value is null && JobHeaders.Has(properties.Headers, field.Name()))
                fields.FailFormat($"header '{field.Name()}' must be a text");
            else if (value?.Length > limits.MaxFieldBytes)
                fields.FailFormat($"header '{field.Name()}' is longer than {limits.MaxFieldBytes} bytes");
            else
                fields.SetText(field, value);
        }

        foreach (var field in Flags)
        {
            if (bool.TryParse(JobHeaders.Text(properties.Headers, field.Name()), out var value))
                fields.SetFlag(field, value);
            else if (JobHeaders.Has(properties.Headers, field.Name()))
                fields.FailFormat($"header '{field.Name()}' must be true or false");
        }
    }
}
