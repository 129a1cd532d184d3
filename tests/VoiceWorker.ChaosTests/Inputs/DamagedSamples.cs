using System.Text;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.ChaosTests.Inputs;

/// <summary>The sample recordings with flipped, missing and repeated bytes, as raw bodies and inside JSON. Always the same ones.</summary>
internal static class DamagedSamples
{
    private static readonly (string File, string Type)[] Samples =
        [("en-1.wav", "audio/wav"), ("en-2.mp3", "audio/mpeg"), ("en-3.ogg", "audio/ogg"), ("es-1.webm", "audio/webm"), ("es-2.m4a", "audio/mp4"), ("es-3.flac", "audio/flac")];

    /// <param name="count">How many.</param>
    public static IEnumerable<(string Id, byte[] Body, string Type)> Make(int count)
    {
        var random = new Random(20261122);
        var files = Samples.Select(sample => File.ReadAllBytes(RepositoryFiles.PathOf($"samples/{sample.File}"))).ToArray();
        for (var i = 0; i < count; i++)
        {
            var sample = i % Samples.Length;
            var id = $"damaged {i} {Samples[sample].File}";
            yield return random.Next(3) == 0
                ? (id, Damage(Json(files[sample]), random, 200), "application/json")
                : (id, Damage(files[sample], random, 400), Samples[sample].Type);
        }
    }

    private static byte[] Json(byte[] audio) =>
        Encoding.ASCII.GetBytes($$"""{"source_lang":"en","target_lang":"es","audio_format":"audio/wav","audio_data":"{{Convert.ToBase64String(audio)}}"}""");

    // Most of the damage goes to the beginning, where the headers are.
    private static byte[] Damage(byte[] original, Random random, int headers)
    {
        var body = random.Next(4) == 0 ? original[..random.Next(original.Length)] : [.. original];
        for (var flip = random.Next(1, 12); flip > 0 && body.Length > 0; flip--)
            body[random.Next(random.Next(2) == 0 ? body.Length : Math.Min(headers, body.Length))] ^= (byte)(1 << random.Next(8));
        return body;
    }
}
