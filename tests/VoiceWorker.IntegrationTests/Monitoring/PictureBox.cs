namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>A rectangle of a picture, in its pixels.</summary>
internal readonly record struct PictureBox(double X, double Y, double Width, double Height);
