using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>
/// The keys that protect cookies and forms, in the server database that all nodes share, written through the door. Who can
/// read the database can read them: they are as safe as it is.
/// </summary>
public sealed class ProtectionKeyStore(MarketContexts contexts, MarketWrites writes) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.Read();
        return [.. db.ProtectionKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    /// <inheritdoc/>
    // The framework asks synchronously; it happens once in three months, at start, and never inside the door.
    public void StoreElement(XElement element, string friendlyName) => Task.Run(() => writes.RunAsync(async db =>
    {
        if (await db.ProtectionKeys.AnyAsync(k => k.Name == friendlyName)) return false;
        db.ProtectionKeys.Add(new ProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        await db.SaveChangesAsync();
        return true;
    })).GetAwaiter().GetResult();
}
