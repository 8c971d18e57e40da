using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Tasks;

namespace PointsMarket.Cases;

/// <summary>Writes down how it goes on with a case in hand, in words, photos and files: a holder, an approver, or the desk for a holder.</summary>
public sealed class AddNote(MarketWrites writes, PhotoFolder folder, TimeProvider clock)
{
    /// <summary>The longest note, in characters.</summary>
    public const int MostText = 1000;

    /// <summary>How many photos and files may come with a note.</summary>
    public const int MostFiles = 6;

    /// <summary>A file as it was sent.</summary>
    /// <param name="Name">What its owner calls it; null for nothing.</param>
    /// <param name="Content">What is in it.</param>
    public sealed record SentFile(string? Name, ReadOnlyMemory<byte> Content);

    /// <summary>The note.</summary>
    public sealed record Input
    {
        /// <summary>The claim, which is in hand.</summary>
        public required int ClaimId { get; init; }

        /// <summary>The holder who writes; null when an approver does.</summary>
        public Voice? By { get; init; }

        /// <summary>The approver who writes; null when a holder does.</summary>
        public Approver? Approver { get; init; }

        /// <summary>The words.</summary>
        public required string Text { get; init; }

        /// <summary>Photos and files, as they were sent.</summary>
        public IReadOnlyList<SentFile> Files { get; init; } = [];
    }

    /// <summary>A photo was not taken, and so nothing was.</summary>
    /// <param name="Number">Which, from 1; 0 for too many of them.</param>
    /// <param name="Fault">Why.</param>
    public sealed record BadPhoto(int Number, PhotoFault Fault) : CaseOutcome;

    /// <summary>A file was not taken, and so nothing was.</summary>
    /// <param name="Number">Which, from 1.</param>
    /// <param name="Fault">Why.</param>
    public sealed record BadFile(int Number, FileFault Fault) : CaseOutcome;

    private sealed record Sent(int Number, string? Name, CleanPhoto? Photo, CleanFile? File);

    private sealed record Stored(string FileName, Sent From);

    /// <summary>Writes it down.</summary>
    public async Task<CaseOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var text = Typed.Text(input.Text);
        if (text.Length is 0 or > MostText || input.Files.Count > MostFiles) return CaseOutcome.No(CaseRefusal.BadWords);
        var (files, bad) = Clean(input.Files);
        if (bad is not null) return bad;
        var saved = new List<Stored>(files.Count);
        CaseOutcome? outcome = null;
        try
        {
            foreach (var file in files) saved.Add(new Stored(await folder.SaveAsync(file.Photo?.Content ?? file.File!.Content, ct), file));
            return outcome = await writes.RunAsync((db, token) => RunAsync(db, input, text, saved, token), ct);
        }
        finally
        {
            if (outcome is not CaseOutcome.Done) folder.Delete(saved.Select(p => p.FileName));
        }
    }

    /// <summary>Each file as what it is by its first bytes, or the first that is not taken.</summary>
    private static (IReadOnlyList<Sent> Files, CaseOutcome? Bad) Clean(IReadOnlyList<SentFile> sent)
    {
        var files = new List<Sent>(sent.Count);
        foreach (var (name, content) in sent)
        {
            var number = files.Count + 1;
            if (CleanPhoto.KindOf(content.Span) is not null)
            {
                var (photo, fault) = CleanPhoto.From(content.Span);
                if (photo is null) return ([], new BadPhoto(number, fault!.Value));
                files.Add(new Sent(number, name, photo, null));
                continue;
            }
            var (file, why) = CleanFile.From(content.Span);
            if (file is null) return ([], new BadFile(number, why!.Value));
            files.Add(new Sent(number, name, null, file));
        }
        return (files, null);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, Input input, string text, IReadOnlyList<Stored> files, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (docket, claim) = input.By is { } voice
            ? await Docket.OfClaimAsync(db, input.ClaimId, voice, now, ct)
            : await Docket.OfClaimAsync(db, input.ClaimId, input.Approver!, now, ct);
        if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (!CaseLife.InHand.Contains(claim.State)) return CaseOutcome.No(CaseRefusal.NotNow);
        var actor = input.By?.Actor ?? input.Approver!.Actor;
        var line = docket.Note(CaseChange.Noted, actor, claim, input.By?.MemberId, text);
        foreach (var (stored, sent) in files)
        {
            if (sent.Photo is { } photo) line.Photos.Add(new CasePhoto { Number = sent.Number, FileName = stored, Kind = photo.Kind, Bytes = photo.Content.Length, Hash = photo.Hash });
            else if (sent.File is { } file)
                line.Files.Add(new CaseFile { Number = sent.Number, Name = CaseFile.NameOf(sent.Name, file.Kind, sent.Number), FileName = stored, Kind = file.Kind, Bytes = file.Content.Length, Hash = file.Hash });
        }
        docket.Tell(claim, InboxKinds.CaseNoted, input.By?.MemberId);
        if (input.By is not null) await docket.TellDeskAsync(InboxKinds.CaseNoted, actor, ct);
        await docket.SaveAsync(actor, ct);
        return new CaseOutcome.Done();
    }
}
