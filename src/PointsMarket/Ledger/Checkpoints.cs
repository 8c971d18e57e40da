using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Ledger;

/// <summary>A book's head at a moment: the number and hash (hex) of a transaction that everything up to then hangs on.</summary>
public sealed record Checkpoint(string Book, long Sequence, string Hash, DateTime At);

/// <summary>
/// The checkpoints, one JSON line each in a file outside the database: somebody who can rewrite the whole chain in the database
/// cannot rewrite this too, when it lies on another disk, a write-once medium or is printed. Configuration <c>Ledger:Checkpoints</c>.
/// </summary>
public sealed class CheckpointFile(string path)
{
    private readonly Lock gate = new();

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The checkpoints of a book, oldest first. A line that cannot be read is an error, not a gap.</summary>
    public IReadOnlyList<Checkpoint> Read(string book) => [.. ReadAll().Where(c => c.Book == book)];

    /// <summary>The checkpoints of every book, in the order they were written.</summary>
    public IReadOnlyList<Checkpoint> ReadAll()
    {
        lock (gate)
        {
            if (!File.Exists(Path)) return [];
            return [.. File.ReadLines(Path).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<Checkpoint>(l)!)];
        }
    }

    /// <summary>Adds a checkpoint, flushed to the disk, unless the book has not moved since its last one.</summary>
    public void Append(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        lock (gate)
        {
            if (checkpoint.Sequence == 0 || Read(checkpoint.Book) is [.., var last] && last.Sequence >= checkpoint.Sequence) return;
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
            using var stream = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read);
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(checkpoint));
            stream.Write("\n"u8);
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Adds the heads of all books as committed now. Run it with a reading context.</summary>
    public async Task AppendHeadsAsync(DbContext db, DateTime at, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        foreach (var book in await db.Set<LedgerBook>().AsNoTracking().ToListAsync(ct))
            Append(new Checkpoint(book.Code, book.Sequence, Convert.ToHexString(book.Head), at));
    }
}
