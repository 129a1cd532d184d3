namespace VoiceWorker.Core.Admission;

/// <summary>Where a job is in its admission.</summary>
internal enum AdmissionState
{
    /// <summary>In the queue for a place.</summary>
    Waiting,

    /// <summary>It has a place.</summary>
    Admitted,

    /// <summary>It has given up its place, or its wait.</summary>
    Gone,
}
