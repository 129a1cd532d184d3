using System.CommandLine;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Spectre.Console;
using VoiceWorker.Core.Configuration;

namespace VoiceWorker.Host.Cli.Models;

/// <summary><c>models pull</c>: fetches a model, goes on where it was interrupted, verifies, and only then gives the file its name.</summary>
internal sealed partial class ModelsPullCommand : Command
{
    private readonly CommandContext _context;
    private readonly Argument<string> _name = new("NAME") { Description = "tiny, base, small, medium, large-v3, large-v3-turbo; with .en for English only, -q5_1 or -q8_0 for quantized ones." };
    private readonly Option<string?> _checksum = Checksum.Option();

    public ModelsPullCommand(CommandContext context)
        : base("pull", "Fetches a model. An interrupted download goes on when it is started again.")
    {
        _context = context;
        Arguments.Add(_name);
        Options.Add(_checksum);
        _name.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ModelName().IsMatch(token.Value))
                result.AddError($"'{token.Value}' is no model's name: letters, digits, '.', '_' and '-' only.");
        });
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build(_context, verbose: false, builder =>
            builder.Services.AddValidatedOptions<ModelPullOptions, ModelPullOptionsValidator>(builder.Configuration, ModelPullOptions.Section));
        var options = host.Services.GetRequiredService<IOptions<ModelPullOptions>>().Value;
        var name = arguments.GetValue(_name)!;
        var file = name.EndsWith(".bin", StringComparison.Ordinal) ? name : $"ggml-{name}.bin";
        var target = Path.GetFullPath(Path.Combine(options.Folder, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var address = new Uri(new Uri(options.BaseAddress.ToString().TrimEnd('/') + "/"), file);

        var checksum = await _context.Terminal.Error.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(file);
                using var client = ModelDownload.CreateClient();
                var download = new ModelDownload(client, options, (done, total) => (bar.MaxValue, bar.Value) = (total, done));
                return await download.FetchAsync(address, target, arguments.GetValue(_checksum), cancellationToken);
            });
        _context.Terminal.Out.WriteLine($"{target}: {ModelDescription.Of(target)}");
        if (checksum is null)
            _context.Terminal.Warn("The server states no checksum, so only the file's structure is verified; --sha256 gives one.");
        _context.Terminal.Out.WriteLine($"Use it with --Stt:ModelPath={target}");
        return 0;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ModelName();
}
