using Microsoft.Extensions.Options;

namespace VoiceWorker.RabbitMq;

/// <summary>Ranges and required values, generated from the attributes.</summary>
[OptionsValidator]
internal sealed partial class RabbitMqOptionsValidator : IValidateOptions<RabbitMqOptions>;
