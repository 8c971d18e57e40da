using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Sealing;
using PointsMarket.Tips;

namespace PointsMarket.Demo;

/// <summary>
/// A handful of confidential tips on the demo station, in several states, written by the operations as people would have done it
/// over the last two weeks. For a demo station with its accounts, once.
/// </summary>
public sealed class DemoTips(MarketWrites writes, MarketContexts contexts, PinHasher hasher, Seal seal, Journal journal, TimeProvider clock)
{
    private sealed record Story(int DaysAgo, TipKind Kind, string Text, string? Place = null, string? Question = null, string? Answer = null, bool? Useful = null, int Reward = 0);

    private static readonly Story[] Stories =
    [
        new(12, TipKind.Theft, "有两个人夜里用面包车收旧电瓶，给现钱，不问来路。", "老粮库后面", "面包车是什么颜色？", "白色，没有牌子", Useful: true, Reward: 200),
        new(9, TipKind.Other, "集市上有人卖的肉看着不新鲜。", Useful: false),
        new(6, TipKind.Drugs, "有一户平时没人住，最近半夜总有陌生人进出，味道怪。", "河堤东头", "一般几点来人？", "十一点以后", Useful: true, Reward: 500),
        new(3, TipKind.Danger, "水塘边的护栏断了，小孩在那里玩。", "村小学西边水塘", Useful: true, Reward: 50),
        new(2, TipKind.Fraud, "有人在活动室给老人讲课送鸡蛋，让回家拿存折。", "文化广场活动室", "他们下次什么时候来？"),
        new(0, TipKind.Gambling, "棋牌室里屋晚上来钱，外面有人望风。"),
    ];

    /// <summary>Writes them when there are none and the demo's accounts are there; the number written.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        await using var db = contexts.Read();
        var users = await db.Users.Where(u => u.UserName == "approver" || u.UserName == "admin").OrderByDescending(u => u.UserName).Select(u => u.Id).ToListAsync(ct);
        if (users is not [var approver, _] || await db.Tips.AnyAsync(ct)) return 0;
        foreach (var story in Stories) await TellAsync(story, approver, ct);
        return Stories.Length;
    }

    /// <summary>The first voucher there is, with what is left on it, for the start page in Development; null without one.</summary>
    public static async Task<(string Number, long Points)?> VoucherAsync(MarketDb db, Seal seal, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(seal);
        if (await db.Vouchers.AsNoTracking().OrderBy(v => v.Id).FirstOrDefaultAsync(ct) is not { } voucher) return null;
        if (seal.Open(voucher.Number, Voucher.PlaceOf(voucher.Code)) is not { } number) return null;
        return (number, await db.BalanceAsync(voucher.BookId, voucher.Account, Asset.Points, ct));
    }

    private async Task TellAsync(Story story, int approver, CancellationToken ct)
    {
        var (came, later) = (At(story.DaysAgo), At(Math.Max(0, story.DaysAgo - 1)));
        var sent = await new SendTip(writes, hasher, seal, came).ExecuteAsync(
            new SendTip.Input { FormKey = Guid.NewGuid().ToString("N"), Kind = story.Kind, AreaId = null, Place = story.Place, Text = story.Text, Pin = null }, ct);
        if (sent is not SendTip.Sent(var code, var pin)) throw new InvalidOperationException($"The demo's tip was refused: {sent}");
        if (await new OpenMailbox(writes, hasher, came).ExecuteAsync(code, pin, ct) is not OpenMailbox.Open(var id)) return;
        await using var db = contexts.Read();
        var at = new TipAtDesk { Reference = await db.Tips.Where(t => t.Id == id).Select(t => t.Reference).SingleAsync(ct), UserId = approver, AreaPath = DemoPlaces.Station + "/" };
        if (story.Question is not null || story.Useful is not null) await new OpenTip(writes, later).ExecuteAsync(at, ct);
        if (story.Question is { } question) await new AnswerTip(writes, seal, later).ExecuteAsync(at.Reference, question, approver, at.AreaPath, ct);
        if (story.Answer is { } answer)
        {
            await new WriteToTip(writes, seal, later).ExecuteAsync(id, answer, ct);
            await new OpenTip(writes, later).ExecuteAsync(at, ct);
        }
        if (story.Useful is { } useful) await new CloseTip(writes, later).ExecuteAsync(at, useful, ct);
        if (story.Reward > 0) await new ProposeTipReward(writes, later).ExecuteAsync(at, story.Reward, ct);
        if (story.DaysAgo > 10) await new GrantTipRewards(writes, contexts, journal, seal, At(story.DaysAgo - 8)).ExecuteAsync(ct);
    }

    private Then At(int daysAgo) => new(clock.GetUtcNow().AddDays(-daysAgo));

    /// <summary>A clock that stands at a day of the past.</summary>
    private sealed class Then(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
