using PointsMarket.Sealing;

namespace PointsMarket.Tests.Sealing;

public sealed class SealTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"pointsmarket-{Guid.NewGuid():N}", "seal.key");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    [Fact]
    public void Text_ClosedAndOpened_IsTheSameAndNowhereInTheBytes()
    {
        var seal = Fresh();
        foreach (var text in (string[])["", "李四", "𬱖 and more", new string('长', 2000)])
        {
            var closed = seal.Close(text, "member:I0001")!;
            Assert.Equal(text, seal.Open(closed, "member:I0001"));
            if (text.Length > 0) Assert.Equal(-1, closed.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)));
        }
        Assert.NotEqual(seal.Close("李四", "a"), seal.Close("李四", "a"));
        Assert.Equal(seal.Close("李", "a")!.Length, seal.Close("欧阳小小小小小小", "a")!.Length); // a name's length is not told
    }

    [Fact]
    public void Sealed_ElsewhereOrChangedOrCut_DoesNotOpen()
    {
        var seal = Fresh();
        var closed = seal.Close("李四", "member:I0001")!;
        Assert.Null(seal.Open(closed, "member:I0002"));
        for (var i = 0; i < closed.Length; i++)
        {
            var changed = closed.ToArray();
            changed[i] ^= 1;
            Assert.Null(seal.Open(changed, "member:I0001"));
        }
        Assert.Null(seal.Open(closed[..20], "member:I0001"));
        Assert.Null(seal.Open(closed[..^1], "member:I0001"));
        Assert.Null(seal.Open([], "member:I0001"));
    }

    [Fact]
    public void KeyFile_MadeOnFirstUse_IsTheOwnersOnly()
    {
        Assert.NotNull(Fresh().Close("a", "b"));
        Assert.Single(File.ReadAllLines(file));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task KeyFile_FirstUsedByManyAtOnce_HoldsOneKey()
    {
        var closed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Fresh().Close($"{i}", "b")!)));
        Assert.All(closed, (c, i) => Assert.Equal($"{i}", Fresh().Open(c, "b")));
    }

    [Fact]
    public void Key_LostWhileRunning_RefusesInsteadOfSealingWithNothing()
    {
        var seal = Fresh();
        var closed = seal.Close("李四", "b")!;
        File.Move(file, file + ".away");
        Assert.Null(seal.Close("王五", "b"));
        Assert.Null(seal.Open(closed, "b"));
        Assert.Empty(seal.Marks("1", "c"));
        Assert.False(seal.HasKeyOf(closed));
        File.Move(file + ".away", file);
        Assert.Equal("李四", seal.Open(closed, "b"));
    }

    [Fact]
    public void Key_LostAndMadeAnew_OpensTheOldAgainWhenItsLineIsPutBack()
    {
        var old = Fresh();
        var closed = old.Close("李四", "b")!;
        var mark = Assert.Single(old.Marks("1234", "voucher"));
        var line = File.ReadAllText(file);
        File.Delete(file);
        var seal = Fresh();
        var later = seal.Close("王五", "b")!;
        Assert.Null(seal.Open(closed, "b"));
        Assert.NotEqual(Seal.KeyOf(closed), Seal.KeyOf(later));

        File.WriteAllText(file, line + File.ReadAllText(file));
        File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(("李四", "王五"), (seal.Open(closed, "b"), seal.Open(later, "b")));
        Assert.Contains(mark, seal.Marks("1234", "voucher"));
        Assert.Equal(Seal.KeyOf(later), Seal.KeyOf(seal.Close("x", "b")!)); // the last line closes
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("0011223344556677:AAAA")]
    public void KeyFile_ThatIsNoKey_RefusesAndIsLeftAlone(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        Assert.Null(Fresh().Close("a", "b"));
        Assert.Equal(content, File.ReadAllText(file));
    }

    [Fact]
    public void Marks_OfASecret_DependOnUseAndKey()
    {
        var seal = Fresh();
        Assert.Equal(seal.Marks("1", "a"), seal.Marks("1", "a"));
        Assert.NotEqual(seal.Marks("1", "a"), seal.Marks("1", "b"));
        Assert.NotEqual(seal.Marks("1", "a"), seal.Marks("2", "a"));
    }

    private Seal Fresh() => new(new SealKeys(file));
}
