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

    /// <summary>A photo or file is not taken, and so nothing was written.</summary>
    public sealed record BadFile(BadSentFile File) : CaseOutcome;

    /// <summary>Writes it down.</summary>
    public Task<CaseOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var text = Typed.Text(input.Text);
        if (text.Length is 0 or > MostText || input.Files.Count > MostFiles) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return SentFiles.WithAsync<CaseOutcome>(folder, input.Files, bad => new BadFile(bad), async kept =>
        {
            var outcome = await writes.RunAsync((db, token) => RunAsync(db, input, text, kept, token), ct);
            return (outcome, outcome is CaseOutcome.Done);
        }, ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, Input input, string text, IReadOnlyList<KeptFile> files, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (docket, claim) = input.By is { } voice
            ? await Docket.OfClaimAsync(db, input.ClaimId, voice, now, ct)
            : await Docket.OfClaimAsync(db, input.ClaimId, input.Approver!, now, ct);
        if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (!CaseLife.InHand.Contains(claim.State)) return CaseOutcome.No(CaseRefusal.NotNow);
        var actor = input.By?.Actor ?? input.Approver!.Actor;
        var line = docket.Note(CaseChange.Noted, actor, claim, input.By?.MemberId, text);
        foreach (var f in files)
        {
            if (f.Photo is { } photo) line.Photos.Add(new CasePhoto { Number = f.Number, FileName = f.FileName, Kind = photo, Bytes = f.Bytes, Hash = f.Hash });
            else line.Files.Add(new CaseFile { Number = f.Number, Name = f.Name, FileName = f.FileName, Kind = f.Kind!.Value, Bytes = f.Bytes, Hash = f.Hash });
        }
        docket.Tell(claim, InboxKinds.CaseNoted, input.By?.MemberId);
        if (input.By is not null) await docket.TellDeskAsync(InboxKinds.CaseNoted, actor, ct);
        await docket.SaveAsync(actor, ct);
        return new CaseOutcome.Done();
    }
}
