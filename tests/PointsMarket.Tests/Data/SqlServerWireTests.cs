using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Data;

/// <summary>The door and the journal on SQL Server's real driver, against a stub of the wire protocol that answers from a script.</summary>
public sealed class SqlServerWireTests
{
    private static readonly DateTime Noon = new(2026, 10, 1, 4, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Post_FirstTryIsTheDeadlocksVictim_SecondCommitsAndIsAnsweredOnce()
    {
        var victims = 0;
        using var stub = new TdsStub(r => r.Text.Contains("UPDLOCK", StringComparison.Ordinal) && victims++ == 0 ? TdsAnswer.Deadlock : Ledger(r));
        await using var door = Door(stub);
        var runs = 0;

        var result = await door.RunAsync(async db =>
        {
            runs++;
            return await new Journal(TimeProvider.System).PostAsync(db, Reward("task:R1"));
        });

        Assert.Equal((new PostResult(PostOutcome.Posted, 8), 2), (result, runs));
        var said = stub.Requests.Select(r => Short(r.Text)).ToList();
        Assert.Equal(["BEGIN", "SELECT LedgerBooks"], said.Take(2));
        Assert.Equal("BEGIN", said[2]); // the victim's transaction was gone: no ROLLBACK was needed
        Assert.Equal("INSERT WriteReceipts", said[3]); // tried again: the receipt first
        Assert.Equal("SELECT LedgerBooks", said[4]);
        Assert.Single(said, "COMMIT");
        Assert.Equal("COMMIT", said[^1]);
        Assert.Equal(1, said.Count(s => s == "INSERT LedgerTransactions"));
    }

    [Fact]
    public async Task Post_OnTheWire_SendsTypedParameters()
    {
        using var stub = new TdsStub(Ledger);
        await using var door = Door(stub);

        await door.RunAsync(db => new Journal(TimeProvider.System).PostAsync(db, Reward("task:R1") with { Reason = "巡逻" }));

        var transaction = stub.Requests.Single(r => Short(r.Text) == "INSERT LedgerTransactions").Parameters;
        Assert.Equal((1, 8L, "task:R1", "巡逻"), ((int)transaction["@p0"]!, (long)transaction["@p1"]!, (string)transaction["@p2"]!, (string)transaction["@p8"]!));
        Assert.Null(transaction["@p9"]);
        Assert.Equal(32, ((byte[])transaction["@p12"]!).Length);
        var entries = stub.Requests.Where(r => Short(r.Text) == "INSERT LedgerEntries").Select(r => (long)r.Parameters["@p4"]!).ToList();
        Assert.Equal([-20L, 20L], entries);
        Assert.IsType<Guid>(stub.Requests.Single(r => Short(r.Text) == "INSERT WriteReceipts").Parameters["@p0"]);
        Assert.Equal("COMMIT", stub.Requests[^1].Text);
        Assert.Equal("INSERT WriteReceipts", Short(stub.Requests[^2].Text)); // first try: the receipt last
    }

    [Fact]
    public async Task Run_DeadlockInsideAnEfQuery_IsUnwrappedAndTriedAgain()
    {
        var victims = 0;
        using var stub = new TdsStub(r => r.Text.Contains("[ProtectionKeys]", StringComparison.Ordinal) && victims++ < 3 ? TdsAnswer.Deadlock : new TdsAnswer(Affected: 1));
        await using var door = Door(stub);

        var rows = await door.RunAsync(db => db.ProtectionKeys.Where(k => k.Name == "a").ExecuteUpdateAsync(s => s.SetProperty(k => k.Xml, "b")));

        Assert.Equal((1, 4), (rows, victims));
    }

    [Fact]
    public async Task Run_LineBreaksAtCommit_ReceiptIsThereAndTheFirstOutcomeIsGiven()
    {
        var committed = false;
        using var stub = new TdsStub(r =>
        {
            if (r.Text == "COMMIT" && !committed)
            {
                committed = true;
                return new TdsAnswer(HangUp: true);
            }
            return committed && Short(r.Text) == "INSERT WriteReceipts" ? new TdsAnswer(Error: 2627, Message: "Violation of PRIMARY KEY constraint.") : new TdsAnswer(Affected: 1);
        });
        await using var door = Door(stub);
        var runs = 0;

        var outcome = await door.RunAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"UPDATE [ProtectionKeys] SET [Xml] = {"x"} WHERE [Id] = {1}");
            return ++runs;
        });

        Assert.Equal((1, 1), (outcome, runs));
        Assert.Equal(2, stub.Requests.Select(r => r.Connection).Distinct().Count());
    }

    [Fact]
    public async Task Run_OtherErrors_AreNotTriedAgainAndRolledBack()
    {
        using var stub = new TdsStub(r => r.Text.StartsWith("UPDATE", StringComparison.Ordinal) ? new TdsAnswer(Error: 51000, Message: "LedgerTransactions is append-only") : new TdsAnswer());
        await using var door = Door(stub);

        var refused = await Assert.ThrowsAsync<SqlException>(() => door.RunAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE [LedgerTransactions] SET [Kind] = 'x'")));

        Assert.Equal(51000, refused.Number);
        Assert.Equal(["BEGIN", "UPDATE LedgerTransactions", "ROLLBACK"], stub.Requests.Select(r => Short(r.Text)));
    }

    private static MarketWrites Door(TdsStub stub) =>
        new(new MarketContexts(new MarketStorage { Provider = DatabaseProvider.SqlServer, ConnectionString = stub.ConnectionString }), TimeProvider.System);

    private static TransactionRequest Reward(string key) => new()
    {
        BookId = 1, Key = key, Kind = TransactionKinds.TaskReward, Subject = "R1", HappenedAt = Noon, Actor = Actor.User(7),
        Postings = [new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 20)],
    };

    /// <summary>A book with seven transactions and no account yet.</summary>
    private static TdsAnswer Ledger(TdsRequest request) => Short(request.Text) switch
    {
        "SELECT LedgerBooks" => new TdsAnswer(Row: [("Code", "STA"), ("Sequence", 7L), ("Accounts", 4), ("Head", new byte[32]), ("ClosedBefore", 0L)]),
        var s when s.StartsWith("SELECT", StringComparison.Ordinal) => new TdsAnswer(),
        _ => new TdsAnswer(Affected: 1),
    };

    /// <summary>Verb and table.</summary>
    private static string Short(string text)
    {
        var verb = text.Split(' ', 2)[0];
        if (verb == text) return text;
        var table = System.Text.RegularExpressions.Regex.Match(text, """["\[](Ledger\w+|WriteReceipts|ProtectionKeys)["\]]""");
        return table.Success ? $"{verb} {table.Groups[1].Value}" : text;
    }
}
