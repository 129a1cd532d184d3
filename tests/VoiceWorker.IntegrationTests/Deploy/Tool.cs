using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>Runs a program of the system to its end.</summary>
internal static class Tool
{
    /// <summary>Runs it and hands back exit code and output; skips the test where the program is not installed.</summary>
    public static Task<BufferedCommandResult> RunAsync(string program, params string[] arguments) => RunWithInputAsync("", program, arguments);

    /// <summary>The same for a program that reads its standard input.</summary>
    public static async Task<BufferedCommandResult> RunWithInputAsync(string input, string program, params string[] arguments)
    {
        try
        {
            return await Cli.Wrap(program).WithArguments(arguments).WithStandardInputPipe(PipeSource.FromString(input)).WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        }
        catch (Win32Exception e)
        {
            Assert.Skip($"{program} cannot be started here: {e.Message} Where Debian has it, 'eng/install-dependencies.sh test' installs it.");
            throw;
        }
    }

    /// <summary>Runs it and fails the test when its exit code is not 0.</summary>
    /// <returns>Its standard output.</returns>
    public static async Task<string> SucceedAsync(string program, params string[] arguments)
    {
        var result = await RunAsync(program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.StandardOutput}{result.StandardError}");
        return result.StandardOutput;
    }
}
