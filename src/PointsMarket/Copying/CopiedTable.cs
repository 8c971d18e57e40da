using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using PointsMarket.Data;

namespace PointsMarket.Copying;

/// <summary>A column on its way from one engine to another: read as the source's model keeps it, written as the target's does.</summary>
internal sealed class CopiedColumn
{
    private readonly RelationalTypeMapping from;
    private readonly RelationalTypeMapping to;
    private readonly Func<DbDataReader, int, object> read;

    public CopiedColumn(IColumn source, IColumn target)
    {
        Name = source.Name;
        (from, to) = (source.PropertyMappings[0].TypeMapping, target.PropertyMappings[0].TypeMapping);
        IsNullable = target.IsNullable;
        var property = target.PropertyMappings[0].Property;
        IsCounted = property.ValueGenerated == ValueGenerated.OnAdd && property.IsPrimaryKey() && (property.ClrType == typeof(int) || property.ClrType == typeof(long));
        var kept = from.Converter?.ProviderClrType ?? from.ClrType;
        read = Reader(Nullable.GetUnderlyingType(kept) ?? kept);
    }

    public string Name { get; }

    public bool IsNullable { get; }

    /// <summary>True when the database counts it up by itself.</summary>
    public bool IsCounted { get; }

    /// <summary>The value as the model has it; null for none.</summary>
    public object? Read(DbDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal)) return null;
        var kept = read(reader, ordinal);
        return from.Converter is { } converter ? converter.ConvertFromProvider(kept) : kept;
    }

    public DbParameter Parameter(DbCommand command, string name, object? value) => to.CreateParameter(command, name, value, IsNullable);

    private static Func<DbDataReader, int, object> Reader(Type kept) =>
        kept == typeof(DateTimeOffset)
            ? (r, i) => r.GetFieldValue<DateTimeOffset>(i).ToUniversalTime()
            : (Func<DbDataReader, int, object>)typeof(CopiedColumn).GetMethod(nameof(ReaderOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(kept).Invoke(null, null)!;

    private static Func<DbDataReader, int, object> ReaderOf<T>()
        where T : notnull => (r, i) => r.GetFieldValue<T>(i);
}

/// <summary>A table, its columns, and which of them points back to the table itself.</summary>
internal sealed class CopiedTable
{
    private CopiedTable(ITable source, ITable target)
    {
        Name = source.Name;
        Columns = [.. source.Columns.Select(c => new CopiedColumn(c, target.FindColumn(c.Name) ?? throw new InvalidOperationException($"{source.Name}.{c.Name} is not in the target's model.")))];
        Key = [.. source.PrimaryKey!.Columns.Select(c => c.Name)];
        var own = source.ForeignKeyConstraints.FirstOrDefault(k => k.PrincipalTable == source);
        if (own is not null) Own = (IndexOf(own.Columns[0].Name), IndexOf(own.PrincipalColumns[0].Name));
    }

    public string Name { get; }

    public IReadOnlyList<CopiedColumn> Columns { get; }

    public IReadOnlyList<string> Key { get; }

    /// <summary>For a table whose rows point to others of it (areas): the columns of the pointer and of what it points to.</summary>
    public (int Pointer, int To)? Own { get; }

    /// <summary>All tables, those that are pointed to first. The receipts of a server's own commits are left out: they mean nothing elsewhere.</summary>
    public static IReadOnlyList<CopiedTable> InOrder(MarketDb source, MarketDb target)
    {
        var there = target.Model.GetRelationalModel().Tables.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var left = source.Model.GetRelationalModel().Tables.Where(t => t.Name != "WriteReceipts").OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var done = new HashSet<ITable>();
        var ordered = new List<CopiedTable>();
        while (left.Count > 0)
        {
            var next = left.FindAll(t => t.ForeignKeyConstraints.All(k => k.PrincipalTable == t || done.Contains(k.PrincipalTable)));
            if (next.Count == 0) throw new InvalidOperationException($"These tables point to each other in a circle: {string.Join(", ", left.Select(t => t.Name))}.");
            foreach (var table in next)
            {
                ordered.Add(new CopiedTable(table, there[table.Name]));
                done.Add(table);
                left.Remove(table);
            }
        }
        return ordered;
    }

    /// <summary>Where a column stands in <see cref="Columns"/>.</summary>
    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == column) return i;
        }
        throw new InvalidOperationException($"{Name} has no column {column}.");
    }
}
