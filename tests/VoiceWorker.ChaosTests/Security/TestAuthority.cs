using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VoiceWorker.ChaosTests.Security;

/// <summary>A certificate authority of the tests' own, and what it signs.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _certificate;

    private TestAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The authority's own certificate, as PEM.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>An authority that signs itself.</summary>
    public static TestAuthority Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(AuthorityRequest(name, key).CreateSelfSigned(Today.AddDays(-10), Today.AddDays(10)));
    }

    /// <summary>An authority below this one.</summary>
    public TestAuthority CreateIntermediate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = AuthorityRequest(name, key).Create(_certificate, Today.AddDays(-9), Today.AddDays(9), Serial());
        return new(signed.CopyWithPrivateKey(key));
    }

    /// <summary>A certificate for a server under a DNS name and on loopback.</summary>
    /// <param name="name">The DNS name.</param>
    /// <param name="ended">After how many days from now it ends; negative for one that is past.</param>
    /// <returns>Certificate and key, as PEM.</returns>
    public (string Certificate, string Key) IssueServer(string name, int ended = 5) => Issue(name, ServerUse, ended);

    /// <summary>A certificate for a client.</summary>
    public (string Certificate, string Key) IssueClient(string name) => Issue(name, ClientUse, 5);

    public void Dispose() => _certificate.Dispose();

    private (string Certificate, string Key) Issue(string name, string use, int ended)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        using var certificate = request.Create(_certificate, Today.AddDays(-8), Today.AddDays(ended), Serial());
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest AuthorityRequest(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static byte[] Serial() => RandomNumberGenerator.GetBytes(12);
}
