namespace VoiceWorker.IntegrationTests.Clients;

/// <summary>The tests that share one worker.</summary>
[CollectionDefinition]
public sealed class ClientsGroup : ICollectionFixture<ClientsFixture>;
