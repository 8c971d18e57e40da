using System.Diagnostics;
using System.Text;
using ZXing;
using ZXing.Common;

namespace PointsMarket.Tests.Kit;

/// <summary>Poppler's tools: a reader of PDFs that has nothing to do with the program that wrote them. <c>./scripts/test</c> installs them.</summary>
internal static class Poppler
{
    /// <summary>Whether they are on this machine.</summary>
    public static bool IsHere => File.Exists("/usr/bin/pdftotext") && File.Exists("/usr/bin/pdftoppm");

    /// <summary>What a tool says, as UTF-8.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments) => Encoding.UTF8.GetString(await BytesAsync(program, arguments));

    /// <summary>The text of each page.</summary>
    public static async Task<string[]> TextAsync(string file) => (await RunAsync("pdftotext", "-enc", "UTF-8", file, "-")).Split('\f', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A page as it is drawn, 150 dots to the inch; pages count from 1.</summary>
    public static async Task<Drawn> DrawAsync(string file, int page = 1)
    {
        var number = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var ppm = await BytesAsync("pdftoppm", "-r", "150", "-f", number, "-l", number, file);
        // P6, width, height, 255, each followed by one white space; then three bytes a pixel.
        var (at, words) = (0, new List<string>());
        while (words.Count < 4)
        {
            var end = Array.FindIndex(ppm, at, b => b is (byte)'\n' or (byte)' ');
            words.Add(Encoding.ASCII.GetString(ppm, at, end - at));
            at = end + 1;
        }
        Assert.Equal(("P6", "255"), (words[0], words[3]));
        return new Drawn(int.Parse(words[1]), int.Parse(words[2]), ppm[at..]);
    }

    private static async Task<byte[]> BytesAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var a in arguments) start.ArgumentList.Add(a);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var said = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(said);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return said.ToArray();
    }

    /// <summary>A drawn page, three bytes (red, green, blue) a pixel, row by row.</summary>
    public sealed record Drawn(int Width, int Height, byte[] Pixels)
    {
        /// <summary>How much of a part of the page has a colour, 0 to 1. The part is given in shares of the page, from the top left corner.</summary>
        public double Share(Func<byte, byte, byte, bool> has, double left = 0, double top = 0, double right = 1, double bottom = 1)
        {
            var (found, all) = (0, 0);
            for (var y = (int)(top * Height); y < (int)(bottom * Height); y++)
            {
                for (var x = (int)(left * Width); x < (int)(right * Width); x++)
                {
                    var at = 3 * ((y * Width) + x);
                    all++;
                    if (has(Pixels[at], Pixels[at + 1], Pixels[at + 2])) found++;
                }
            }
            return (double)found / all;
        }

        /// <summary>What a telephone reads off the page; null where it finds no QR code.</summary>
        public string? ReadQr()
        {
            var reader = new BarcodeReaderGeneric { Options = new DecodingOptions { PossibleFormats = [BarcodeFormat.QR_CODE], TryHarder = true } };
            return reader.Decode(new RGBLuminanceSource(Pixels, Width, Height, RGBLuminanceSource.BitmapFormat.RGB24))?.Text;
        }
    }
}
