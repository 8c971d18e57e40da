using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PointsMarket.Ledger;

/// <summary>One posting as hashed: codes instead of numbers, so that renaming an account breaks the chain too.</summary>
internal readonly record struct HashedPosting(string Source, string Destination, string Asset, long Amount, long SourceVersion, long DestinationVersion);

/// <summary>
/// The bytes that are hashed, written down in Ledger/README.md so that a stranger can recompute them: integers big-endian,
/// texts as their UTF-8 length in 4 bytes and the bytes, an absent text as length −1.
/// </summary>
internal sealed class TransactionHash
{
    private readonly ArrayBufferWriter<byte> buffer = new(512);

    /// <summary>SHA-256 of what the caller asked for.</summary>
    public byte[] Content(string kind, string subject, long happenedAt, string? reason, string? relation, long related, IReadOnlyList<HashedPosting> postings)
    {
        buffer.ResetWrittenCount();
        Text("PM1C");
        Text(kind);
        Text(subject);
        Number(happenedAt);
        Text(reason);
        Text(relation);
        Number(related);
        Number(postings.Count);
        foreach (var p in postings)
        {
            Text(p.Source);
            Text(p.Destination);
            Text(p.Asset);
            Number(p.Amount);
        }
        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>SHA-256 of the predecessor's hash and everything that is stored of this transaction.</summary>
    public byte[] Link(ReadOnlySpan<byte> previous, string book, long sequence, string key, ReadOnlySpan<byte> content, long recordedAt, string actor, IReadOnlyList<HashedPosting> postings)
    {
        buffer.ResetWrittenCount();
        Text("PM1L");
        buffer.Write(previous);
        Text(book);
        Number(sequence);
        Text(key);
        buffer.Write(content);
        Number(recordedAt);
        Text(actor);
        foreach (var p in postings)
        {
            Number(p.SourceVersion);
            Number(p.DestinationVersion);
        }
        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>SHA-256 of the move of a book's closing. An absent limit is the smallest number.</summary>
    public byte[] Closing(ReadOnlySpan<byte> previous, string book, int number, long sequence, ReadOnlySpan<byte> head, long? before, long recordedAt, string actor)
    {
        buffer.ResetWrittenCount();
        Text("PM1P");
        buffer.Write(previous);
        Text(book);
        Number(number);
        Number(sequence);
        buffer.Write(head);
        Number(before ?? long.MinValue);
        Number(recordedAt);
        Text(actor);
        return SHA256.HashData(buffer.WrittenSpan);
    }

    private void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    private void Text(string? value)
    {
        var length = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), length);
        buffer.Advance(4);
        if (length > 0)
        {
            Encoding.UTF8.GetBytes(value, buffer.GetSpan(length));
            buffer.Advance(length);
        }
    }
}
