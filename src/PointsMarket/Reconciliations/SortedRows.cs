using System.Text;
using Microsoft.Win32.SafeHandles;

namespace PointsMarket.Reconciliations;

/// <summary>
/// Any number of rows in order, in the memory of <see cref="Stretch"/> of them: a stretch that is full goes, sorted, into a temporary
/// file, and the stretches are merged as they are read. Few rows never see the file. The order must tell any two rows apart.
/// </summary>
internal sealed class SortedRows<T>(Comparison<T> order, Action<BinaryWriter, T> write, Func<BinaryReader, T> read) : IDisposable
{
    /// <summary>How many rows are held at once.</summary>
    public const int Stretch = 32_768;

    private const int Piece = 1 << 15;

    private readonly List<(long Start, long Bytes, int Rows)> runs = [];
    private List<T> held = [];
    private SafeFileHandle? file;
    private long length;

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row; not after the first <see cref="Read"/>.</summary>
    public void Add(T row)
    {
        held.Add(row);
        Count++;
        if (held.Count == Stretch) Spill();
    }

    /// <summary>All rows in order, as often as it is asked for.</summary>
    public IEnumerable<T> Read()
    {
        if (runs.Count == 0)
        {
            held.Sort(order);
            return held;
        }
        if (held.Count > 0) Spill();
        held = [];
        return Merge();
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void Spill()
    {
        held.Sort(order);
        file ??= Open();
        var start = length;
        using var piece = new MemoryStream(2 * Piece);
        using var writer = new BinaryWriter(piece, Encoding.UTF8);
        foreach (var row in held)
        {
            write(writer, row);
            if (piece.Length >= Piece) Put(piece);
        }
        Put(piece);
        runs.Add((start, length - start, held.Count));
        held.Clear();
    }

    private void Put(MemoryStream piece)
    {
        RandomAccess.Write(file!, piece.GetBuffer().AsSpan(0, (int)piece.Length), length);
        length += piece.Length;
        piece.SetLength(0);
    }

    private IEnumerable<T> Merge()
    {
        var readers = runs.ConvertAll(r => new BinaryReader(new BufferedStream(new Part(file!, r.Start, r.Bytes), Piece), Encoding.UTF8));
        var left = runs.ConvertAll(r => r.Rows - 1);
        var next = new PriorityQueue<int, T>(Comparer<T>.Create(order));
        for (var i = 0; i < readers.Count; i++) next.Enqueue(i, read(readers[i]));
        while (next.TryPeek(out var run, out var row))
        {
            yield return row;
            if (left[run]-- > 0) next.DequeueEnqueue(run, read(readers[run]));
            else next.Dequeue();
        }
    }

    /// <summary>A file for this user alone that is gone with its handle; where the system allows it, it has no name from the start.</summary>
    private static SafeFileHandle Open()
    {
        var path = Path.GetTempFileName();
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return handle;
    }

    /// <summary>A part of the file, read on its own.</summary>
    private sealed class Part(SafeFileHandle file, long start, long bytes) : Stream
    {
        private long done;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => bytes;

        public override long Position
        {
            get => done;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var got = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, bytes - done)], start + done);
            done += got;
            return got;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            // read only
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
