using Microsoft.EntityFrameworkCore.Migrations;

namespace PointsMarket.Ledger;

/// <summary>
/// The database refuses to change what was written (invariant 5), whoever asks: transactions and entries are never updated or
/// deleted, accounts are never deleted, renamed or given another floor. Called from each provider's first migration.
/// </summary>
public static class LedgerTriggers
{
    private static readonly string[] Kept = ["LedgerTransactions", "LedgerEntries"];

    /// <summary>Adds the triggers in the dialect of the migration's provider.</summary>
    public static void Create(MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        IEnumerable<string> statements = migration.ActiveProvider switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => Postgres(),
            "Microsoft.EntityFrameworkCore.SqlServer" => SqlServer(),
            _ => Sqlite(),
        };
        foreach (var statement in statements) migration.Sql(statement);
    }

    /// <summary>SQLite's triggers by name, to compare a file with that came from elsewhere.</summary>
    internal static IEnumerable<(string Name, string Sql)> OnSqlite() => Sqlite().Select(s => (s.Split('"')[1], s));

    private static IEnumerable<string> Sqlite()
    {
        foreach (var table in Kept)
        {
            foreach (var change in (string[])["UPDATE", "DELETE"])
                yield return $"""CREATE TRIGGER "{table}_Keep_{change}" BEFORE {change} ON "{table}" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;""";
        }
        // INSERT OR REPLACE deletes the old row without firing DELETE triggers, so the same key is refused here.
        yield return """
            CREATE TRIGGER "LedgerTransactions_Keep_REPLACE" BEFORE INSERT ON "LedgerTransactions"
            WHEN EXISTS (SELECT 1 FROM "LedgerTransactions" AS t WHERE t."BookId" = NEW."BookId" AND (t."Sequence" = NEW."Sequence" OR t."Key" = NEW."Key"))
              OR EXISTS (SELECT 1 FROM "LedgerTransactions" AS t WHERE t."BookId" = NEW."BookId" AND t."RelatedSequence" = NEW."RelatedSequence" AND t."Relation" = NEW."Relation")
            BEGIN SELECT RAISE(ABORT, 'LedgerTransactions is append-only'); END;
            """;
        yield return """
            CREATE TRIGGER "LedgerEntries_Keep_REPLACE" BEFORE INSERT ON "LedgerEntries"
            WHEN EXISTS (SELECT 1 FROM "LedgerEntries" AS e WHERE e."BookId" = NEW."BookId" AND e."Sequence" = NEW."Sequence" AND e."Line" = NEW."Line")
              OR EXISTS (SELECT 1 FROM "LedgerEntries" AS e WHERE e."BookId" = NEW."BookId" AND e."Account" = NEW."Account" AND e."Version" = NEW."Version")
            BEGIN SELECT RAISE(ABORT, 'LedgerEntries is append-only'); END;
            """;
        yield return """
            CREATE TRIGGER "LedgerAccounts_Keep_REPLACE" BEFORE INSERT ON "LedgerAccounts"
            WHEN EXISTS (SELECT 1 FROM "LedgerAccounts" AS a WHERE a."BookId" = NEW."BookId" AND (a."Number" = NEW."Number" OR (a."Code" = NEW."Code" AND a."Asset" = NEW."Asset")))
            BEGIN SELECT RAISE(ABORT, 'LedgerAccounts is append-only'); END;
            """;
        yield return """CREATE TRIGGER "LedgerAccounts_Keep_DELETE" BEFORE DELETE ON "LedgerAccounts" BEGIN SELECT RAISE(ABORT, 'LedgerAccounts is append-only'); END;""";
        yield return """
            CREATE TRIGGER "LedgerAccounts_Keep_UPDATE" BEFORE UPDATE ON "LedgerAccounts"
            WHEN NEW."BookId" <> OLD."BookId" OR NEW."Number" <> OLD."Number" OR NEW."Code" <> OLD."Code" OR NEW."Asset" <> OLD."Asset" OR NEW."Floor" IS NOT OLD."Floor"
              OR typeof(NEW."Balance") <> 'integer' OR NEW."Version" <= OLD."Version"
            BEGIN SELECT RAISE(ABORT, 'LedgerAccounts keeps its names and floors'); END;
            """;
    }

    private static IEnumerable<string> Postgres()
    {
        yield return """
            CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
            """;
        foreach (var table in Kept)
        {
            yield return $"""CREATE TRIGGER "{table}_Keep" BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION ledger_keep();""";
            yield return $"""CREATE TRIGGER "{table}_Keep_All" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep();""";
        }
        yield return """CREATE TRIGGER "LedgerAccounts_Keep" BEFORE DELETE ON "LedgerAccounts" FOR EACH ROW EXECUTE FUNCTION ledger_keep();""";
        yield return """CREATE TRIGGER "LedgerAccounts_Keep_All" BEFORE TRUNCATE ON "LedgerAccounts" FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep();""";
        yield return """
            CREATE TRIGGER "LedgerAccounts_Keep_Names" BEFORE UPDATE ON "LedgerAccounts" FOR EACH ROW
            WHEN (NEW."BookId" <> OLD."BookId" OR NEW."Number" <> OLD."Number" OR NEW."Code" <> OLD."Code" OR NEW."Asset" <> OLD."Asset"
              OR NEW."Floor" IS DISTINCT FROM OLD."Floor" OR NEW."Version" <= OLD."Version")
            EXECUTE FUNCTION ledger_keep();
            """;
    }

    private static IEnumerable<string> SqlServer()
    {
        foreach (var table in Kept)
        {
            yield return $"""
                CREATE TRIGGER [{table}_Keep] ON [{table}] INSTEAD OF UPDATE, DELETE AS
                BEGIN SET NOCOUNT ON; THROW 51000, '{table} is append-only', 1; END;
                """;
        }
        yield return """
            CREATE TRIGGER [LedgerAccounts_Keep] ON [LedgerAccounts] AFTER UPDATE, DELETE AS
            BEGIN
              SET NOCOUNT ON;
              IF EXISTS (SELECT 1 FROM deleted AS d LEFT JOIN inserted AS i ON i.[BookId] = d.[BookId] AND i.[Number] = d.[Number]
                WHERE i.[Number] IS NULL OR i.[Code] <> d.[Code] OR i.[Asset] <> d.[Asset] OR i.[Version] <= d.[Version]
                  OR EXISTS (SELECT i.[Floor] EXCEPT SELECT d.[Floor]))
                THROW 51001, 'LedgerAccounts keeps its names and floors', 1;
            END;
            """;
    }

    /// <summary>
    /// From the migration that brings closed months: the database itself refuses a transaction that happened before the book's limit,
    /// and to change a move of the limit. What lies below the book's head already (a copy that is being filled) is not asked.
    /// </summary>
    public static void CloseMonths(MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        string[] statements = migration.ActiveProvider switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" =>
            [
                """CREATE TRIGGER "LedgerClosings_Keep" BEFORE UPDATE OR DELETE ON "LedgerClosings" FOR EACH ROW EXECUTE FUNCTION ledger_keep();""",
                """CREATE TRIGGER "LedgerClosings_Keep_All" BEFORE TRUNCATE ON "LedgerClosings" FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep();""",
                """
                CREATE FUNCTION ledger_closed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NEW."HappenedAt" < (SELECT b."ClosedBefore" FROM "LedgerBooks" AS b WHERE b."Id" = NEW."BookId" AND b."Sequence" < NEW."Sequence") THEN
                    RAISE EXCEPTION 'the month is closed' USING ERRCODE = 'restrict_violation';
                  END IF;
                  RETURN NEW;
                END $$;
                """,
                """CREATE TRIGGER "LedgerTransactions_Closed" BEFORE INSERT ON "LedgerTransactions" FOR EACH ROW EXECUTE FUNCTION ledger_closed();""",
            ],
            "Microsoft.EntityFrameworkCore.SqlServer" =>
            [
                """
                CREATE TRIGGER [LedgerClosings_Keep] ON [LedgerClosings] INSTEAD OF UPDATE, DELETE AS
                BEGIN SET NOCOUNT ON; THROW 51000, 'LedgerClosings is append-only', 1; END;
                """,
                """
                CREATE TRIGGER [LedgerTransactions_Closed] ON [LedgerTransactions] AFTER INSERT AS
                BEGIN
                  SET NOCOUNT ON;
                  IF EXISTS (SELECT 1 FROM inserted AS i INNER JOIN [LedgerBooks] AS b ON b.[Id] = i.[BookId] AND b.[Sequence] < i.[Sequence] WHERE i.[HappenedAt] < b.[ClosedBefore])
                    THROW 51002, 'the month is closed', 1;
                END;
                """,
            ],
            _ =>
            [
                """CREATE TRIGGER "LedgerClosings_Keep_UPDATE" BEFORE UPDATE ON "LedgerClosings" BEGIN SELECT RAISE(ABORT, 'LedgerClosings is append-only'); END;""",
                """CREATE TRIGGER "LedgerClosings_Keep_DELETE" BEFORE DELETE ON "LedgerClosings" BEGIN SELECT RAISE(ABORT, 'LedgerClosings is append-only'); END;""",
                """
                CREATE TRIGGER "LedgerClosings_Keep_REPLACE" BEFORE INSERT ON "LedgerClosings"
                WHEN EXISTS (SELECT 1 FROM "LedgerClosings" AS c WHERE c."BookId" = NEW."BookId" AND c."Number" = NEW."Number")
                BEGIN SELECT RAISE(ABORT, 'LedgerClosings is append-only'); END;
                """,
                """
                CREATE TRIGGER "LedgerTransactions_Closed" BEFORE INSERT ON "LedgerTransactions"
                WHEN NEW."HappenedAt" < (SELECT b."ClosedBefore" FROM "LedgerBooks" AS b WHERE b."Id" = NEW."BookId" AND b."Sequence" < NEW."Sequence")
                BEGIN SELECT RAISE(ABORT, 'the month is closed'); END;
                """,
            ],
        };
        foreach (var statement in statements) migration.Sql(statement);
    }

    /// <summary>
    /// Takes back what <see cref="CloseMonths"/> made, before the columns go that it reads. What guards the table of closings goes with
    /// the table.
    /// </summary>
    public static void OpenMonths(MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        string[] statements = migration.ActiveProvider switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => ["""DROP TRIGGER "LedgerTransactions_Closed" ON "LedgerTransactions";""", "DROP FUNCTION ledger_closed();"],
            "Microsoft.EntityFrameworkCore.SqlServer" => ["DROP TRIGGER [LedgerTransactions_Closed];"],
            _ => ["""DROP TRIGGER "LedgerTransactions_Closed";"""],
        };
        foreach (var statement in statements) migration.Sql(statement);
    }
}
