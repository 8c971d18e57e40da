using Microsoft.EntityFrameworkCore.Migrations;

namespace PointsMarket.Sponsors;

/// <summary>What the migration does with deliveries of a time when each had one article: it becomes their first line. Their lots come from <see cref="GiveLots"/>.</summary>
public static class DeliveryRows
{
    /// <summary>Copies the articles into lines, before their columns go. The same text on all three databases.</summary>
    public static void MoveToLines(MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        migration.Sql("""
            INSERT INTO "DeliveryLines" ("DeliveryId", "Position", "GoodsId", "Accepted", "Refused", "Expires")
            SELECT "Id", 0, "GoodsId", "Quantity", 0, "Expires" FROM "Deliveries";
            """);
    }

    /// <summary>Gives the lines of a time when no value was kept the one that their article has now. The same text on all three databases.</summary>
    public static void FillValues(MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        migration.Sql("""
            UPDATE "DeliveryLines" SET "ValueFen" = (SELECT g."ValueFen" FROM "Goods" AS g WHERE g."Id" = "DeliveryLines"."GoodsId");
            """);
    }

    /// <summary>
    /// Opens what deliveries answered that were taken back at a time when that stayed closed: the pledges they had counted for, and the
    /// announcements. The same text on all three databases.
    /// </summary>
    public static void OpenTakenBack(MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        const string takenBack = """
            "DeliveryId" IN (SELECT d."Id" FROM "Deliveries" AS d
              INNER JOIN "Outlets" AS o ON o."Id" = d."OutletId" INNER JOIN "Areas" AS p ON p."Id" = o."AreaId"
              INNER JOIN "LedgerTransactions" AS t ON t."BookId" = p."BookId" AND t."Kind" = 'delivery' AND t."Subject" = d."Reference"
              INNER JOIN "LedgerTransactions" AS r ON r."BookId" = t."BookId" AND r."RelatedSequence" = t."Sequence" AND r."Relation" = 'Reverses')
            """;
        migration.Sql($"""UPDATE "Pledges" SET "State" = 'Accepted' WHERE "State" = 'Delivered' AND "Id" IN (SELECT a."PledgeId" FROM "Announcements" AS a WHERE a.{takenBack});""");
        migration.Sql($"""UPDATE "Announcements" SET "State" = 'Announced', "DeliveryId" = NULL WHERE {takenBack};""");
    }
}
