using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Tests.Kit;

/// <summary>Somebody with the database file open and no scruples.</summary>
public static class Tampering
{
    /// <summary>Runs a statement on SQLite with the triggers gone and the foreign keys looking away.</summary>
    public static Task BehindTheBackAsync(TestMarket market, string statement) => market.Writes.RunAsync(async db =>
    {
        var triggers = await db.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync();
        foreach (var trigger in triggers) await db.Database.ExecuteSqlRawAsync($"DROP TRIGGER \"{trigger}\"");
        await db.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys=ON; " + statement);
        return 0;
    });
}
