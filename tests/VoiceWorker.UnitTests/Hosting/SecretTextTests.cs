using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Engines.LibreTranslate;
using VoiceWorker.Host.Hosting;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Idempotency;
using VoiceWorker.UnitTests.Docs;

namespace VoiceWorker.UnitTests.Hosting;

/// <summary>No character in a password brings it to light.</summary>
public sealed partial class SecretTextTests
{
    // Every printable character of ASCII, some beyond, and escapes that a URI needs or does not need.
    public static TheoryData<string> Characters =>
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => ((char)c).ToString()), "é", "ü", "漢", "🔑", "%41", "%2F", "%40", "%zz", "@@", "://", "a:b@c/d@e"];

    [Theory]
    [MemberData(nameof(Characters))]
    public void Hide_PasswordWithAnyCharacterInAnAddress_ShowsNothingOfIt(string character)
    {
        foreach (var scheme in new[] { "amqp", "amqps", "redis", "http", "https" })
        {
            foreach (var address in new[] { $"{scheme}://user:hunter{character}seven@broker:5672/path", $"{scheme}://user:hunter{character}@broker", $"{scheme}://user:{character}seven@broker/", $"{scheme}://hunter{character}seven@broker" })
            {
                var shown = SecretText.Hide(address)!;
                Assert.DoesNotContain("hunter", shown, StringComparison.Ordinal);
                Assert.DoesNotContain("seven", shown, StringComparison.Ordinal);
                Assert.StartsWith($"{scheme}://***", shown, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("amqp://user:hunter2@broker:5672/voice", "amqp://***@broker:5672/voice")]
    [InlineData("amqp://user:hunter%202 ^é@broker:5672/voice", "amqp://***@broker:5672/voice")]
    [InlineData("amqp://user:hunter/2@broker", "amqp://***")]
    [InlineData("https://host/path?key=hunter2#x", "https://host/path?***")]
    [InlineData("http://127.0.0.1:9480", "http://127.0.0.1:9480")]
    [InlineData("user:hunter2@broker", "***@broker")]
    [InlineData("/usr/bin/espeak-ng", "/usr/bin/espeak-ng")]
    [InlineData("somebody@somewhere", "somebody@somewhere")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Hide_AnyText_ShowsWhatIsNoSecret(string? text, string? shown) => Assert.Equal(shown, SecretText.Hide(text));

    [Theory]
    [MemberData(nameof(Characters))]
    public void EffectiveConfiguration_SecretWithAnyCharacter_IsHidden(string character)
    {
        var secret = $"hunter{character}seven";
        var json = EffectiveConfiguration.ToJson(new RabbitMqOptions { Uri = $"amqp://user:{secret}@broker", Password = secret, ReplyTo = [$"amqp://{secret}@broker"] })!.ToJsonString()
            + EffectiveConfiguration.ToJson(new FinishedJobsOptions { Redis = $"host:6379,password={secret}" })!.ToJsonString();
        Assert.DoesNotContain("hunter", json, StringComparison.Ordinal);
        Assert.DoesNotContain("seven", json, StringComparison.Ordinal);
    }

    [Fact]
    public void EffectiveConfiguration_SettingsWithTheNameOfASecret_AreHidden()
    {
        foreach (var type in OptionsTable.OptionClasses)
        {
            foreach (var property in type.GetProperties().Where(property => property.PropertyType == typeof(string) && property.CanWrite && NameOfASecret().IsMatch(property.Name)))
            {
                var options = Activator.CreateInstance(type)!;
                property.SetValue(options, "hunter2");
                Assert.Equal("***", (string?)EffectiveConfiguration.ToJson(options)![property.Name]);
            }
        }
    }

    [Fact]
    public void BindChecked_AddressThatIsNone_IsReportedWithoutItsPassword()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Translation:LibreTranslate:BaseAddress", "http://user:hunter2@[broken")]).Build();
        var refusal = Record.Exception(() => configuration.GetSection("Translation:LibreTranslate").BindChecked(new LibreTranslateOptions()));
        Assert.Contains("Translation:LibreTranslate:BaseAddress", Assert.IsType<OptionsValidationException>(refusal).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
    }

    // A file with the secret in it may be known.
    [GeneratedRegex("(?i)(pass|secret|token|key|credential|header|cookie|redis)(?!.*(file|path)$)")]
    private static partial Regex NameOfASecret();
}
