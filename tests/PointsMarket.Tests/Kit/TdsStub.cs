using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PointsMarket.Tests.Kit;

/// <summary>What the driver sent: a statement with its parameters, or a transaction request (<c>BEGIN</c>, <c>COMMIT</c>, <c>ROLLBACK</c>).</summary>
internal sealed record TdsRequest(int Connection, string Text, IReadOnlyDictionary<string, object?> Parameters);

/// <summary>What the stub answers: rows affected, one result row, an error, or a broken line.</summary>
internal sealed record TdsAnswer(long Affected = 0, (string Name, object Value)[]? Row = null, int Error = 0, string Message = "", bool HangUp = false)
{
    public static TdsAnswer Deadlock { get; } = new(Error: 1205, Message: "Transaction (Process ID 51) was deadlocked on lock resources with another process and has been chosen as the deadlock victim.");
}

/// <summary>
/// A stand-in for SQL Server on the loopback: speaks enough of its wire protocol (MS-TDS 7.4) for the real driver to log in, begin,
/// commit and roll back transactions and run parameterised statements, which it answers from a script. It knows no SQL.
/// </summary>
internal sealed class TdsStub : IDisposable
{
    private const byte SqlBatch = 0x01, Rpc = 0x03, Reply = 0x04, Attention = 0x06, TransactionManager = 0x0E, Login = 0x10, PreLogin = 0x12;
    private const byte Done = 0xFD, DoneProc = 0xFE, DoneInProc = 0xFF;
    private const long Transaction = 0x1122334455667788;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TdsRequest> requests = [];
    private readonly Func<TdsRequest, TdsAnswer> script;
    private int connections;

    public TdsStub(Func<TdsRequest, TdsAnswer> script)
    {
        this.script = script;
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public string ConnectionString => $"Server=127.0.0.1,{((IPEndPoint)listener.LocalEndpoint).Port};Database=market;User Id=market;Password=market;Encrypt=false;Pooling=false;Connect Timeout=15";

    /// <summary>Everything that arrived, in order.</summary>
    public List<TdsRequest> Requests
    {
        get
        {
            lock (requests) return [.. requests];
        }
    }

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                var number = ++connections;
                _ = Task.Run(() => ServeAsync(client, number));
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // stopped
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using var _ = client;
        var stream = client.GetStream();
        try
        {
            while (true)
            {
                var (type, body) = await ReadAsync(stream);
                switch (type)
                {
                    case PreLogin: // version 16.0, encryption not supported
                        await SendAsync(stream, [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0x10, 0, 0, 0, 2]);
                        break;
                    case Login:
                        await SendAsync(stream, Welcome());
                        break;
                    case Attention:
                        await SendAsync(stream, Finished(Done, 0x20, 0));
                        break;
                    default:
                        if (!await AnswerAsync(stream, type, Parse(type, body, number))) return;
                        break;
                }
            }
        }
        catch (Exception e) when (e is EndOfStreamException or IOException or ObjectDisposedException)
        {
            // the driver hung up
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, byte type, TdsRequest request)
    {
        lock (requests) requests.Add(request);
        var answer = script(request);
        if (answer.HangUp) return false;
        var done = type == Rpc ? DoneProc : Done;
        var reply = new TdsWriter();
        if (answer.Error != 0)
        {
            reply.Bytes(Failure(answer.Error, answer.Message));
            if (answer.Error == 1205) reply.Bytes(Environment(10, [], BitConverter.GetBytes(Transaction))); // the victim's transaction is gone
            reply.Bytes(Finished(done, 0x02, 0));
        }
        else if (type == TransactionManager)
        {
            var id = BitConverter.GetBytes(Transaction);
            reply.Bytes(request.Text switch { "BEGIN" => Environment(8, id, []), "COMMIT" => Environment(9, [], id), _ => Environment(10, [], id) });
            reply.Bytes(Finished(Done, 0, 0));
        }
        else
        {
            if (answer.Row is { } row) reply.Bytes(Result(row));
            var count = answer.Row is null ? answer.Affected : 1;
            if (type == Rpc) reply.Bytes(Finished(DoneInProc, 0x11, count)).Byte(0x79).Int(0);
            reply.Bytes(Finished(done, type == Rpc ? (ushort)0 : (ushort)0x10, count));
        }
        await SendAsync(stream, reply.ToArray());
        return true;
    }

    private static TdsRequest Parse(byte type, byte[] body, int number)
    {
        var reader = new TdsReader(body);
        reader.Skip(BinaryPrimitives.ReadInt32LittleEndian(body)); // ALL_HEADERS
        switch (type)
        {
            case SqlBatch:
                return new TdsRequest(number, reader.Text(body.Length - reader.At), new Dictionary<string, object?>());
            case TransactionManager:
                return new TdsRequest(number, reader.UShort() switch { 5 => "BEGIN", 7 => "COMMIT", 8 => "ROLLBACK", 9 => "SAVE", var other => $"TM {other}" }, new Dictionary<string, object?>());
            case Rpc:
                if (reader.UShort() is var length and not 0xFFFF) return new TdsRequest(number, reader.Text(length * 2), new Dictionary<string, object?>());
                var procedure = reader.UShort();
                if (procedure != 10) throw new NotSupportedException($"stored procedure {procedure}; only sp_executesql is answered");
                reader.Skip(2);
                var values = new Dictionary<string, object?>(StringComparer.Ordinal);
                string? statement = null;
                for (var i = 0; reader.At < body.Length; i++)
                {
                    var name = reader.Text(reader.Byte() * 2);
                    reader.Skip(1);
                    var value = reader.Value();
                    if (i == 0) statement = (string?)value;
                    else if (i > 1) values[name] = value; // the second is the list of declarations
                }
                return new TdsRequest(number, statement ?? "", values);
            default:
                throw new NotSupportedException($"packet {type}");
        }
    }

    private static async Task<(byte Type, byte[] Body)> ReadAsync(NetworkStream stream)
    {
        using var body = new MemoryStream();
        var header = new byte[8];
        do
        {
            await stream.ReadExactlyAsync(header);
            var part = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - 8];
            await stream.ReadExactlyAsync(part);
            body.Write(part);
        }
        while ((header[1] & 1) == 0); // until the end-of-message bit
        return (header[0], body.ToArray());
    }

    private static async Task SendAsync(NetworkStream stream, byte[] body)
    {
        var packet = new byte[body.Length + 8];
        (packet[0], packet[1], packet[6]) = (Reply, 1, 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        body.CopyTo(packet, 8);
        await stream.WriteAsync(packet);
    }

    private static byte[] Welcome()
    {
        var program = new TdsWriter().Byte(1).Bytes([0x74, 0, 0, 4]).ShortText("Microsoft SQL Server").Bytes([16, 0, 0x10, 0]).ToArray();
        var database = new TdsWriter().Byte(1).ShortText("market").ShortText("").ToArray();
        return new TdsWriter()
            .Byte(0xE3).UShort(database.Length).Bytes(database)
            .Bytes(Environment(7, [9, 4, 0xD0, 0, 0x34], []))
            .Byte(0xAD).UShort(program.Length).Bytes(program)
            .Bytes(Finished(Done, 0, 0)).ToArray();
    }

    private static byte[] Environment(byte type, byte[] now, byte[] before) =>
        new TdsWriter().Byte(0xE3).UShort(3 + now.Length + before.Length).Byte(type).Byte((byte)now.Length).Bytes(now).Byte((byte)before.Length).Bytes(before).ToArray();

    private static byte[] Finished(byte token, ushort status, long rows) => new TdsWriter().Byte(token).UShort(status).UShort(0).Long(rows).ToArray();

    private static byte[] Failure(int number, string message)
    {
        var body = new TdsWriter().Int(number).Byte(1).Byte(13).UShort(message.Length).Bytes(Encoding.Unicode.GetBytes(message)).ShortText("stub").Byte(0).Int(1).ToArray();
        return new TdsWriter().Byte(0xAA).UShort(body.Length).Bytes(body).ToArray();
    }

    /// <summary>One row of integers, texts and bytes, with its description.</summary>
    private static byte[] Result((string Name, object Value)[] row)
    {
        var writer = new TdsWriter().Byte(0x81).UShort(row.Length);
        foreach (var (name, value) in row)
        {
            writer.Int(0).UShort(1); // nullable: the driver reads a length before each integer
            _ = value switch
            {
                int => writer.Byte(0x26).Byte(4),
                long => writer.Byte(0x26).Byte(8),
                string => writer.Byte(0xE7).UShort(8000).Bytes([9, 4, 0xD0, 0, 0x34]),
                _ => writer.Byte(0xA5).UShort(8000),
            };
            writer.ShortText(name);
        }
        writer.Byte(0xD1);
        foreach (var (_, value) in row)
        {
            _ = value switch
            {
                int i => writer.Byte(4).Int(i),
                long l => writer.Byte(8).Long(l),
                string s => writer.UShort(s.Length * 2).Bytes(Encoding.Unicode.GetBytes(s)),
                byte[] b => writer.UShort(b.Length).Bytes(b),
                _ => throw new NotSupportedException(value.GetType().Name),
            };
        }
        return writer.ToArray();
    }
}
