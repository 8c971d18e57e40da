using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PointsMarket.Accounts;
using PointsMarket.Ledger;

namespace PointsMarket.Data;

/// <summary>
/// The platform's tables. One sealed subclass for each database, for its migrations; everything else asks for this type.
/// A context from the service scope reads; writing goes through <see cref="MarketWrites"/>, and a context of Identity's is sent
/// there when it saves.
/// </summary>
public abstract partial class MarketDb(DbContextOptions options) : IdentityDbContext<AppUser, IdentityRole<int>, int>(options)
{
    /// <summary>The door that this reading context's changes go through when Identity saves them.</summary>
    internal MarketWrites? Door { get; set; }

    /// <summary>True while this context runs an operation inside the door.</summary>
    internal bool InsideDoor { get; set; }

    /// <summary>Set by <see cref="RollBack{T}"/>; read by the door.</summary>
    internal bool RollBackAsked { get; set; }

    /// <summary>The same schema at design time, without services, as at run time.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <summary>
    /// Undoes what this operation wrote and returns its outcome: <c>return db.RollBack(new OutOfStock(sku));</c>. Operations that
    /// share the group commit are not touched.
    /// </summary>
    public T RollBack<T>(T outcome)
    {
        if (!InsideDoor) throw new InvalidOperationException("There is nothing to roll back outside MarketWrites.");
        RollBackAsked = true;
        return outcome;
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (InsideDoor) return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        return Door is { } door
            ? door.SaveTrackedAsync(this, cancellationToken)
            : throw new InvalidOperationException("Write through MarketWrites.RunAsync.");
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("Write through MarketWrites.RunAsync.");

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<string>().HaveMaxLength(256);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        ConfigureTables(builder);
    }

    /// <summary>UTC, cut to whole milliseconds: what every database keeps exactly.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        v => LedgerTime.FromMilliseconds(LedgerTime.ToMilliseconds(v)), v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
}
