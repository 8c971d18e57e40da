using Microsoft.EntityFrameworkCore.Migrations;

namespace PointsMarket.Cases;

/// <summary>
/// What cases that were there before <see cref="CaseTurn"/> wait for, as it would have written it: called by the migration that adds
/// the columns. Once for each database; the three differ only in how a day becomes a time.
/// </summary>
internal static class CaseWaits
{
    public static void Fill(MigrationBuilder migration)
    {
        // The day after the last day for claiming begins at 16:00 UTC of that day on the station's clock.
        var dayAfter = migration.ActiveProvider switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => """("ClaimBy" + time '16:00') AT TIME ZONE 'UTC'""",
            "Microsoft.EntityFrameworkCore.SqlServer" => """DATEADD(hour, 16, CAST("ClaimBy" AS datetime2))""",
            _ => """datetime("ClaimBy", '+16 hours')""",
        };
        const string live = """EXISTS (SELECT 1 FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" IN ('Asked', 'Held', 'Submitted'))""";
        migration.Sql("""UPDATE "Cases" SET "WaitsFor" = 'Closing', "WaitsSince" = "SubmittedAt" WHERE "State" = 'Submitted'""");
        migration.Sql("""UPDATE "Cases" SET "WaitsFor" = 'Revisit', "WaitsSince" = "RevisitAskedAt" WHERE "State" = 'Closed' AND "RevisitAskedAt" IS NOT NULL AND "RevisitedAt" IS NULL""");
        migration.Sql("""
            UPDATE "Cases" SET "WaitsFor" = 'Claim', "WaitsSince" = (SELECT MAX("Claims"."AskedAt") FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" = 'Asked')
            WHERE "State" = 'Open' AND EXISTS (SELECT 1 FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" = 'Asked')
            """);
        migration.Sql("""
            UPDATE "Cases" SET "WaitsFor" = 'Extension', "WaitsSince" = (SELECT MAX("CaseEvents"."At") FROM "CaseEvents" WHERE "CaseEvents"."CaseId" = "Cases"."Id" AND "CaseEvents"."Change" = 'ExtensionAsked')
            WHERE "State" = 'Claimed' AND EXISTS (SELECT 1 FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" = 'Held' AND "Claims"."Extension" = 'Asked')
            """);
        migration.Sql($"""UPDATE "Cases" SET "WaitsFor" = 'Deadline', "WaitsSince" = {dayAfter} WHERE "State" = 'Open' AND "ClaimBy" IS NOT NULL AND NOT {live}""");
    }
}
