using System.Text;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Tasks;

/// <summary>What is kept of a photo, and what is not taken as one.</summary>
public sealed class CleanPhotoTests
{
    [Fact]
    public void From_AJpegFromAPhone_LosesThePlaceAndKeepsTheOrientation()
    {
        var sent = Pictures.JpegFromPhone(orientation: 6);
        Assert.Contains(Pictures.Place, Text(sent), StringComparison.Ordinal);

        var kept = Taken(sent, PhotoKind.Jpeg);

        Assert.DoesNotContain(Pictures.Place, Text(kept), StringComparison.Ordinal);
        Assert.DoesNotContain("php", Text(kept), StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xD9], kept[^2..]);
        var exif = Text(kept).IndexOf("Exif\0\0MM", StringComparison.Ordinal);
        Assert.True(exif > 0 && kept[exif + 6 + 8 + 2 + 9] == 6, "the orientation is gone");
        Assert.Equal(kept, Taken(kept, PhotoKind.Jpeg)); // cleaning twice changes nothing
    }

    [Fact]
    public void From_AnUprightJpeg_HasNoExifAtAll() =>
        Assert.DoesNotContain("Exif", Text(Taken(Pictures.JpegFromPhone(orientation: 1), PhotoKind.Jpeg)), StringComparison.Ordinal);

    [Fact]
    public void From_TheSamePictureWithOtherMetadata_HasTheSameHash() =>
        Assert.Equal(CleanPhoto.From(Pictures.Jpeg).Photo!.Hash, CleanPhoto.From([.. Pictures.Jpeg, 1, 2, 3]).Photo!.Hash);

    [Theory, InlineData("eXIf"), InlineData("tEXt"), InlineData("zzZz")]
    public void From_APngWithWordsInIt_LosesThem(string chunk)
    {
        var kept = Taken([.. Pictures.PngWith(chunk, Encoding.ASCII.GetBytes(Pictures.Place)), .. "PK\u0003\u0004 trailing"u8], PhotoKind.Png);
        Assert.Equal(Pictures.Png, kept);
    }

    [Fact]
    public void From_AWebpFromAPhone_LosesExifXmpAndWhatFollows()
    {
        var kept = Taken(Pictures.WebpFromPhone(), PhotoKind.Webp);
        Assert.DoesNotContain(Pictures.Place, Text(kept), StringComparison.Ordinal);
        Assert.DoesNotContain("EXIF", Text(kept), StringComparison.Ordinal);
        Assert.Equal(0, kept[20]); // and says no more that it has some
        Assert.Equal(kept.Length - 8, BitConverter.ToInt32(kept, 4));
        Taken(Pictures.Webp, PhotoKind.Webp);
    }

    [Fact]
    public void From_OtherFiles_AreNoPhotos() => Assert.All(
        (string[])["GIF89a...........", "%PDF-1.7 ........", "<svg xmlns='http://www.w3.org/2000/svg'/>", "PK\u0003\u0004............", "", "\u00FF", "RIFF....WAVEfmt "],
        file => Assert.Equal(PhotoFault.NotAPhoto, Fault(Encoding.Latin1.GetBytes(file))));

    [Fact]
    public void From_AScriptThatBeginsLikeAJpeg_IsBroken() =>
        Assert.Equal(PhotoFault.Broken, Fault([0xFF, 0xD8, 0xFF, .. "/*<script>alert(1)</script>*/"u8]));

    [Fact]
    public void From_CutAnywhere_IsBrokenAndNeverThrows()
    {
        foreach (var whole in (byte[][])[Taken(Pictures.JpegFromPhone(), PhotoKind.Jpeg), Pictures.Png, Pictures.Webp])
        {
            for (var length = 12; length < whole.Length; length++)
                Assert.Equal(PhotoFault.Broken, Fault(whole[..length]));
        }
    }

    [Fact]
    public void From_AnyByteChanged_NeverThrows()
    {
        foreach (var whole in (byte[][])[Pictures.JpegFromPhone(), Pictures.Png, Pictures.WebpFromPhone()])
        {
            for (var at = 0; at < whole.Length; at++)
            {
                foreach (var value in (byte[])[0, 0x7F, 0xFF])
                {
                    var spoilt = whole.ToArray();
                    spoilt[at] = value;
                    CleanPhoto.From(spoilt);
                }
            }
        }
    }

    [Fact]
    public void From_APngWhoseBytesDoNotAddUp_IsBroken()
    {
        var spoilt = Pictures.Png;
        spoilt[45] ^= 1;
        Assert.Equal(PhotoFault.Broken, Fault(spoilt));
    }

    [Fact]
    public void From_TooManyPixelsOrBytes_IsRefused()
    {
        var wide = Pictures.Jpeg;
        var frame = wide.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (wide[frame + 5], wide[frame + 7]) = (0xFF, 0xFF);
        Assert.Equal(PhotoFault.TooManyPixels, Fault(wide));
        Assert.Equal(PhotoFault.TooLarge, Fault([.. Pictures.Jpeg, .. new byte[CleanPhoto.MostBytes]]));
    }

    private static byte[] Taken(byte[] file, PhotoKind kind)
    {
        var (photo, fault) = CleanPhoto.From(file);
        Assert.Null(fault);
        Assert.Equal(kind, photo!.Kind);
        return photo.Content.ToArray();
    }

    private static PhotoFault? Fault(byte[] file) => CleanPhoto.From(file).Fault;

    private static string Text(byte[] file) => Encoding.Latin1.GetString(file);
}
