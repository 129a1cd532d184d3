using RabbitMQ.Client;

namespace VoiceWorker.ChaosTests.Inputs;

/// <summary>A message with which something is wrong.</summary>
/// <param name="Body">Its body.</param>
/// <param name="ContentType">Its content type.</param>
/// <param name="Change">What is odd about its properties.</param>
internal sealed record BadMessage(byte[] Body, string ContentType, Action<BasicProperties> Change);
