using PointsMarket.Accounts;

namespace PointsMarket.Web.Commands;

/// <summary>
/// <c>admin create --user NAME [--name "DISPLAY NAME"]</c>: the first administrator. The password is typed unseen, or is the
/// first line of the standard input; it never stands among the arguments, where other users of the machine could read it.
/// </summary>
internal sealed class AdminCommand : Command
{
    public override string Name => "admin create";

    public override string Arguments => "--user NAME [--name NAME]";

    public override IReadOnlyList<string> Options => ["--user=", "--name="];

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        if (run.Value("--user") is not { Length: > 0 } user)
        {
            await run.Error.WriteLineAsync(run.T["Command.Admin.NoUser"]);
            return ExitCode.WrongUsage;
        }
        var create = run.Services.GetRequiredService<CreateFirstAdministrator>();
        if (!await create.IsOpenAsync(ct)) return await SayAsync(run, CreateFirstAdministrator.Outcome.NotTheFirst, user);
        var password = Console.IsInputRedirected ? await Console.In.ReadLineAsync(ct) : await AskAsync(run);
        var name = run.Value("--name") is { Length: > 0 and <= 60 } given ? given : user;
        return await SayAsync(run, await create.ExecuteAsync(new CreateFirstAdministrator.Input { UserName = user, DisplayName = name, Password = password ?? "" }, ct), user);
    }

    private static async Task<int> SayAsync(CommandRun run, CreateFirstAdministrator.Outcome outcome, string user)
    {
        var created = outcome == CreateFirstAdministrator.Outcome.Created;
        await (created ? run.Out : run.Error).WriteLineAsync(run.T[$"Command.Admin.{outcome}", user, PasswordRules.MinLength, PasswordRules.MinDifferent]);
        return created ? ExitCode.Done : ExitCode.Refused;
    }

    private static async Task<string> AskAsync(CommandRun run)
    {
        await run.Error.WriteAsync(run.T["Command.Admin.Password"]);
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
        await run.Error.WriteLineAsync();
        return typed.ToString();
    }
}
