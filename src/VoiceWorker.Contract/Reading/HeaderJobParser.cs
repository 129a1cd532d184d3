using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Contract.Reading;

/// <summary>Reads a job whose body is raw audio and whose fields are headers.</summary>
internal static class HeaderJobParser
{
    // The deadline is a header of both forms of a job, and read for both.
    private static readonly JobField[] Fields = [.. Enum.GetValues<JobField>().Except([JobField.AudioData, JobField.Text, JobField.Deadline])];

    public static void Parse(ReadOnlyMemory<byte> body, in JobProperties properties, JobLimits limits, ref JobFields fields)
    {
        if (!body.IsEmpty)
            fields.Audio = new AudioInput(body, IsBase64: false, properties.ContentType);
        foreach (var field in Fields)
            Read(properties.Headers, field, limits, ref fields);
    }

    /// <summary>Reads one header.</summary>
    public static void Read(IDictionary<string, object?>? headers, JobField field, JobLimits limits, ref JobFields fields)
    {
        if (!JobHeaders.Has(headers, field.Name()))
            return;
        var value = JobHeaders.Text(headers, field.Name());
        if (value is null)
            fields.FailField(field, "a header of another type");
        else if (value.Length > limits.MaxFieldBytes)
            fields.FailFormat($"'{field.Name()}' is longer than {limits.MaxFieldBytes} bytes");
        else
            fields.Set(field, value);
    }
}
