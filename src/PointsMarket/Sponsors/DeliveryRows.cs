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
}
