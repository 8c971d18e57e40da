namespace PointsMarket.Data;

/// <summary>
/// Who uses a SQLite file: sites and commands share it, a restore wants it alone. A lock that the system drops when the process is
/// gone, on a file beside the database. On a server there is nothing to hold: a restore there asks for an empty database.
/// </summary>
public sealed class DatabaseUse : IDisposable
{
    private readonly FileStream? held;

    private DatabaseUse(FileStream? held) => this.held = held;

    /// <summary>Uses it together with others; null while somebody has it alone.</summary>
    public static DatabaseUse? Share(MarketStorage storage) => Hold(storage, "-use", FileAccess.Read, FileShare.Read);

    /// <summary>Has it alone; null while anybody uses it.</summary>
    public static DatabaseUse? Alone(MarketStorage storage) => Hold(storage, "-use", FileAccess.ReadWrite, FileShare.None);

    /// <summary>Runs the schedule on it; null while another process does. A server's schedule is shared by its nodes.</summary>
    public static DatabaseUse? Schedule(MarketStorage storage) => Hold(storage, "-jobs-use", FileAccess.ReadWrite, FileShare.None);

    /// <inheritdoc/>
    public void Dispose() => held?.Dispose();

    private static DatabaseUse? Hold(MarketStorage storage, string name, FileAccess access, FileShare share)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (storage.Provider != DatabaseProvider.Sqlite) return new DatabaseUse(null);
        Directory.CreateDirectory(Path.GetDirectoryName(storage.FilePath)!);
        try
        {
            return new DatabaseUse(new FileStream(storage.FilePath + name, FileMode.OpenOrCreate, access, share, 1));
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) is 11 or 35 or 32 or 33) // held by another: see SqliteDoor
        {
            return null;
        }
    }
}
