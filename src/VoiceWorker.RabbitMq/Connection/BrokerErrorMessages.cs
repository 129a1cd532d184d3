using System.Text.RegularExpressions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>
/// What the broker's refusals mean, and what mends it, in plain words. The broker's own texts are read for names and
/// values; they are the same from RabbitMQ 3.10 to 4.3, but for the right, which older ones do not name.
/// </summary>
internal static partial class BrokerErrorMessages
{
    private const int BasicClass = 60;
    private const int PublishMethod = 40;
    private const int ConsumeMethod = 20;

    private const string Rights = "rabbitmqctl set_permissions (docs/operations.md, Rights on the broker)";
    private const string KeepWhatIsThere = "or set RabbitMq:DeclareTopology=false to use what is there as it is";

    /// <summary>Why the broker closed a channel or a connection.</summary>
    public static string Of(ShutdownEventArgs reason) => reason.ReplyCode switch
    {
        Constants.AccessRefused when Access().Match(reason.ReplyText) is { Success: true } match =>
            $"The user '{match.Groups["user"].Value}' may not {RightOf(match, reason)} the {match.Groups["kind"].Value} '{match.Groups["name"].Value}'; give it that right: {Rights}.",
        Constants.NotFound when Missing().Match(reason.ReplyText) is { Success: true } match =>
            $"There is no {match.Groups["kind"].Value} '{match.Groups["name"].Value}' on the broker.",
        _ => Plain(reason.ReplyText),
    };

    /// <summary>Something is there under the name of a part, with other properties.</summary>
    public static string Differs(TopologyPart part, ShutdownEventArgs refusal)
    {
        var remedy = part is QueuePart
            ? $"Let its messages be taken, delete it (rabbitmqctl delete_queue {part.Name}) and the worker declares it anew; {KeepWhatIsThere}."
            : $"Delete it (on the management page, or with rabbitmqadmin) and the worker declares it anew; {KeepWhatIsThere}.";
        if (refusal.ReplyCode == Constants.ResourceLocked)
            return $"The {part.Words} is an exclusive one of another connection. {remedy}";
        if (Inequivalent().Match(refusal.ReplyText) is not { Success: true } match)
            return $"The {part.Words} is refused by the broker: {Plain(refusal.ReplyText)}. {remedy}";
        var (property, wanted, present) = (match.Groups["property"].Value, Value(match.Groups["wanted"].Value), Value(match.Groups["present"].Value));
        return property switch
        {
            QueuePart.TypeArgument => $"The {part.Words} is a {present ?? "classic"} queue; the worker needs a {wanted} queue. {remedy}",
            "type" => $"The {part.Words} is of the type {present}; the worker needs the type {wanted}. {remedy}",
            "durable" => $"The {part.Words} is not durable; the worker needs one that is. {remedy}",
            "x-delivery-limit" when present is not null => $"The {part.Words} has {property}={present}; the worker wants {wanted}. Set RabbitMq:DeliveryLimit={present}. Or: {remedy}",
            _ => $"The {part.Words} has {property}={present ?? "nothing"}; the worker wants {wanted ?? "nothing"}. {remedy}",
        };
    }

    /// <summary>A part is not there, and the worker is told not to declare it.</summary>
    public static string IsMissing(TopologyPart part) =>
        $"There is no {part.Words} on the broker, and RabbitMq:DeclareTopology is false. Declare it, or set that to true for one start.";

    /// <summary>A part is not there, and the worker's user may not declare it.</summary>
    public static string MayNotDeclare(TopologyPart part, ShutdownEventArgs refusal)
    {
        var match = Access().Match(refusal.ReplyText);
        var user = match.Success ? $"the user '{match.Groups["user"].Value}'" : "the worker's user";
        // A queue with a dead letter exchange takes the right to write there, too.
        var other = match.Success && match.Groups["name"].Value != part.Name ? $" without a right on the {match.Groups["kind"].Value} '{match.Groups["name"].Value}'" : "";
        return $"There is no {part.Words} on the broker, and {user} may not declare it{other}. Start a worker once as a user who may, or give this one the right: {Rights}.";
    }

    /// <summary>The resource that a refusal is about; null when it is about none.</summary>
    public static string? ResourceOf(ShutdownEventArgs refusal) => Access().Match(refusal.ReplyText) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>Whether a queue is refused for its type.</summary>
    public static bool IsOfType(ShutdownEventArgs refusal) => Inequivalent().Match(refusal.ReplyText).Groups["property"].Value == QueuePart.TypeArgument;

    private static string RightOf(Match match, ShutdownEventArgs reason) => (match.Groups["right"].Value, reason.ClassId, reason.MethodId) switch
    {
        ("read", _, _) or ("", BasicClass, ConsumeMethod) => "read from",
        ("write", _, _) or ("", BasicClass, PublishMethod) => "write to",
        ("configure", _, _) => "declare (configure)",
        _ => "use",
    };

    // "none", "'5'" or "the value '5' of type 'signedint'".
    private static string? Value(string text) => Quoted().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    // "PRECONDITION_FAILED - something": the code is said by the words.
    private static string Plain(string text)
    {
        var dash = text.IndexOf(" - ", StringComparison.Ordinal);
        return dash > 0 && text.AsSpan(0, dash).IndexOfAnyExceptInRange('A', '_') < 0 ? text[(dash + 3)..] : text;
    }

    [GeneratedRegex("(?:(?<right>configure|write|read) )?access to (?<kind>queue|exchange) '(?<name>.*?)' in vhost '.*' refused for user '(?<user>.*?)'")]
    private static partial Regex Access();

    [GeneratedRegex("no (?<kind>queue|exchange) '(?<name>.*?)' in vhost")]
    private static partial Regex Missing();

    [GeneratedRegex("inequivalent arg '(?<property>[^']+)' for (?:queue|exchange) '.*' in vhost '.*': received (?<wanted>.*) but current is (?<present>.*)")]
    private static partial Regex Inequivalent();

    [GeneratedRegex("'(.*?)'")]
    private static partial Regex Quoted();
}
