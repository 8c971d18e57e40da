using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace PointsMarket.Data;

/// <summary>
/// A change that a reading context tracked, replayed on a copy inside the door. A copy, because an operation may be tried
/// again: the keys that a rolled-back try was given must not stay in the caller's entity.
/// </summary>
internal sealed class TrackedChange(EntityEntry entry)
{
    private readonly EntityState state = entry.State;
    private readonly PropertyValues current = entry.CurrentValues.Clone();
    private readonly PropertyValues original = entry.OriginalValues.Clone();
    private readonly HashSet<string> temporary = Names(entry, p => p.IsTemporary);
    private readonly HashSet<string> modified = Names(entry, p => p.IsModified);
    private EntityEntry? copy;

    /// <summary>Tracks the same change on a copy in the context inside the door.</summary>
    public void Replay(MarketDb db)
    {
        copy = db.Entry((state == EntityState.Deleted ? original : current).ToObject());
        if (state == EntityState.Added)
        {
            copy.State = EntityState.Added;
            foreach (var name in temporary) copy.Property(name).IsTemporary = true; // the database gives the real one
            return;
        }
        copy.State = state == EntityState.Modified ? EntityState.Unchanged : state;
        copy.OriginalValues.SetValues(original);
        foreach (var name in modified) copy.Property(name).IsModified = true;
    }

    /// <summary>Brings what the database gave back to the caller's entity, after the COMMIT.</summary>
    public void Settle()
    {
        if (state == EntityState.Deleted) return;
        foreach (var property in entry.Properties.Where(p => temporary.Contains(p.Metadata.Name)))
        {
            property.CurrentValue = copy!.Property(property.Metadata.Name).CurrentValue;
            property.IsTemporary = false;
        }
    }

    private static HashSet<string> Names(EntityEntry entry, Func<PropertyEntry, bool> which) =>
        entry.Properties.Where(which).Select(p => p.Metadata.Name).ToHashSet(StringComparer.Ordinal);
}
