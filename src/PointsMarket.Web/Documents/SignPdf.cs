using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PointsMarket.Web.Documents;

/// <summary>
/// Signs a PDF (PKCS#7, <c>adbe.pkcs7.detached</c>) by adding to its end, so that not a byte of what the browser printed changes. It
/// knows what Chromium writes: plain objects and a classic cross-reference table. Anything else is refused, never guessed at.
/// </summary>
internal static class SignPdf
{
    /// <summary>Room for the signature and its chain, in bytes.</summary>
    private const int Room = 12_288;

    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>The signed document. Throws <see cref="NotSupportedException"/> for a file it does not know how to read.</summary>
    /// <param name="pdf">The document, unsigned.</param>
    /// <param name="certificate">With its private key.</param>
    /// <param name="chain">Certificates to send along, for who verifies.</param>
    /// <param name="now">The signing time.</param>
    public static byte[] Execute(byte[] pdf, X509Certificate2 certificate, X509Certificate2Collection chain, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pdf);
        ArgumentNullException.ThrowIfNull(certificate);
        var file = PdfFile.Read(pdf);
        var (signature, field) = (file.Size, file.Size + 1);
        using var update = new Update(pdf, file);
        var time = string.Create(CultureInfo.InvariantCulture, $"D:{now.UtcDateTime:yyyyMMddHHmmss}Z");
        var ranges = update.Add(signature,
            $"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/M({time})/ByteRange[{new string(' ', 40)}]/Contents<{new string('0', Room * 2)}>>>");
        var page = file.FirstPage();
        update.Add(field, $"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[0 0 0 0]/P {page} 0 R/V {signature} 0 R>>");
        update.Add(file.Root, PdfFile.With(file.Body(file.Root), $"/AcroForm<</Fields[{field} 0 R]/SigFlags 3>>"));
        // A page with notes of its own keeps them as they are: the field is found through the form.
        if (!file.Body(page).Contains("/Annots", StringComparison.Ordinal)) update.Add(page, PdfFile.With(file.Body(page), $"/Annots[{field} 0 R]"));
        var signed = update.Finish(field + 1);
        Fill(signed, ranges, certificate, chain, now);
        return signed;
    }

    /// <summary>Writes the byte range and the signature into the room left for them.</summary>
    private static void Fill(byte[] signed, int at, X509Certificate2 certificate, X509Certificate2Collection chain, DateTimeOffset now)
    {
        var range = signed.AsSpan(at).IndexOf("/ByteRange["u8) + at + "/ByteRange[".Length;
        var hex = signed.AsSpan(at).IndexOf("/Contents<"u8) + at + "/Contents".Length;
        var after = hex + (Room * 2) + 2;
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0 {hex} {after} {signed.Length - after}").PadRight(40)).CopyTo(signed, range);
        var content = new byte[hex + (signed.Length - after)];
        signed.AsSpan(0, hex).CopyTo(content);
        signed.AsSpan(after).CopyTo(content.AsSpan(hex));
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { DigestAlgorithm = new Oid(Sha256), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.Certificates.AddRange(chain);
        signer.SignedAttributes.Add(new Pkcs9SigningTime(now.UtcDateTime));
        cms.ComputeSignature(signer, silent: true);
        var bytes = cms.Encode();
        if (bytes.Length > Room) throw new NotSupportedException($"The signature takes {bytes.Length} bytes, more than the {Room} left for it: send fewer certificates along.");
        Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)).CopyTo(signed, hex + 1);
    }

    /// <summary>Objects added to the end of a file, with a table of their own that leads back to the old one.</summary>
    private sealed class Update : IDisposable
    {
        private readonly MemoryStream to = new();
        private readonly SortedDictionary<int, long> offsets = [];
        private readonly PdfFile file;

        public Update(byte[] pdf, PdfFile file)
        {
            this.file = file;
            to.Write(pdf);
            Write("\n");
        }

        /// <summary>Adds an object and gives the place where it begins.</summary>
        public int Add(int number, string body)
        {
            var at = (int)(offsets[number] = to.Position);
            Write($"{number} 0 obj\n{body}\nendobj\n");
            return at;
        }

        public byte[] Finish(int size)
        {
            var table = to.Position;
            Write("xref\n");
            foreach (var (number, offset) in offsets) Write(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offset:0000000000} 00000 n \n"));
            Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {size}/Root {file.Root} 0 R{file.Kept}/Prev {file.Table}>>\nstartxref\n{table}\n%%EOF\n"));
            return to.ToArray();
        }

        public void Dispose() => to.Dispose();

        private void Write(string text) => to.Write(Encoding.Latin1.GetBytes(text));
    }
}
