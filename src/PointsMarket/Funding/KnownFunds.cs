using Microsoft.EntityFrameworkCore.Migrations;

namespace PointsMarket.Funding;

/// <summary>How a fund is called that comes with an import, which knows only its code.</summary>
internal static class KnownFunds
{
    private static readonly Dictionary<string, (string Zh, string En)> Names = new(StringComparer.Ordinal)
    {
        ["volunteer-fund"] = ("平安志愿者基金", "Safety volunteers fund"),
        ["bravery-fund"] = ("见义勇为基金", "Acts of bravery fund"),
    };

    /// <summary>A fund for every purpose, called by its code where nobody knows better.</summary>
    public static Fund Of(int book, string code)
    {
        var (zh, en) = Names.GetValueOrDefault(code, (code, code));
        return new Fund { BookId = book, Code = code, NameZh = zh, NameEn = en, Purposes = FundPurposes.Any };
    }

    /// <summary>Opens the funds that a database from before there were any names in its movements. For the migration.</summary>
    public static void Fill(MigrationBuilder migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        var (yes, text) = migration.ActiveProvider switch
        {
            "Npgsql.EntityFrameworkCore.PostgreSQL" => ("TRUE", ""),
            "Microsoft.EntityFrameworkCore.SqlServer" => ("CAST(1 AS bit)", "N"),
            _ => ("1", ""),
        };
        string Called(Func<(string Zh, string En), string> name) =>
            $"CASE \"Fund\" {string.Join(' ', Names.Select(n => $"WHEN '{n.Key}' THEN {text}'{name(n.Value)}'"))} ELSE \"Fund\" END";
        migration.Sql($"""
            INSERT INTO "Funds" ("BookId", "Code", "NameZh", "NameEn", "Purposes", "Active")
            SELECT DISTINCT "BookId", "Fund", {Called(n => n.Zh)}, {Called(n => n.En)}, '{FundPurposes.Any}', {yes} FROM "FundMovements";
            """);
    }
}
