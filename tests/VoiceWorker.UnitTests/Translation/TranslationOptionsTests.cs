using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VoiceWorker.Engines.OpenAi;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.UnitTests.Translating;

public sealed class TranslationOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.Empty(Errors());

    [Theory]
    [InlineData("Translation:Engine", "babelfish", "one of apertium, libretranslate, openai, or several")]
    [InlineData("Translation:MaxWords", "0", "MaxWords")]
    [InlineData("Translation:Cache:MaxBytes", "1", "MaxBytes")]
    [InlineData("Translation:Apertium:BaseAddress", "ftp://x/", "BaseAddress")]
    [InlineData("Translation:Apertium:BaseAddress", "apertium:2737/?q", "BaseAddress")]
    [InlineData("Translation:Apertium:StartTimeout", "00:00:00", "StartTimeout")]
    public void Validate_WrongValue_IsNamed(string key, string value, string expected) =>
        Assert.Contains(Errors((key, value)), error => error.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Validate_SeveralMistakes_ReportsAll()
    {
        var errors = Errors(
            ("Translation:Engine", "openai"), ("Translation:OpenAi:SystemPrompt", "translate"), ("Translation:OpenAi:ApiKey", "k"),
            ("Translation:OpenAi:ApiKeyFile", "/nonexistent/key"), ("Translation:OpenAi:Timeout", "-00:00:01"));

        foreach (var name in (ReadOnlySpan<string>)["Model", "{target}", "not both", "/nonexistent/key", "Timeout"])
            Assert.Contains(errors, error => error.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_OtherEnginesSection_IsNotRead() =>
        Assert.Empty(Errors(("Translation:Engine", "apertium"), ("Translation:LibreTranslate:BaseAddress", "nonsense")));

    [Fact]
    public void Validate_SpeechAndRecognition_HaveValidDefaults()
    {
        var services = TestServices.Base();
        services.AddOpenAiSpeech(TestServices.Settings()).AddOpenAiRecognition(TestServices.Settings());

        Assert.Empty(Errors(services));
    }

    [Fact]
    public void AddTranslation_AddressConfigured_StartsNoServer()
    {
        var services = TestServices.Base().AddTranslation(TestServices.Settings(("Translation:Apertium:BaseAddress", "http://apy.test/")));

        Assert.DoesNotContain(services, service => service.ServiceType == typeof(IHostedService));
    }

    private static string[] Errors(params (string, string)[] settings) => Errors(TestServices.Base().AddTranslation(TestServices.Settings(settings)));

    private static string[] Errors(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e)
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)];
        }
    }
}
