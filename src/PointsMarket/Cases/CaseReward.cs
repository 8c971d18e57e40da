namespace PointsMarket.Cases;

/// <summary>What a closed case pays (FORMATS "Case reward"). Counts in the month of <c>closed_at</c>.</summary>
public static class CaseReward
{
    /// <summary>How late a case may be submitted and still earn a share (DESIGN 4), and that share, per cent; settings may say otherwise.</summary>
    public const int LateDays = 7, LateShare = 50;

    /// <summary>
    /// The points of the whole case: all when submitted within <paramref name="days"/> of the approval, half (rounded down) up to
    /// 7 days later, then none: the claim was released. Times are compared to the instant, the last one included.
    /// </summary>
    public static int Of(int reward, int days, DateTime approvedAt, DateTime submittedAt) => Of(reward, approvedAt.AddDays(days), submittedAt);

    /// <summary>The same for a claim whose due time was moved: by an extension, or because it lay with the approver.</summary>
    public static int Of(int reward, DateTime due, DateTime submittedAt, CaseTerms? terms = null) => (int)OfFen(reward, due, submittedAt, terms);

    /// <summary>The same for money, in fen.</summary>
    public static long OfFen(long fen, DateTime due, DateTime submittedAt, CaseTerms? terms = null)
    {
        if (submittedAt <= due) return fen;
        var (days, share) = terms ?? new CaseTerms(LateDays, LateShare);
        return submittedAt <= due.AddDays(days) ? fen * share / 100 : 0;
    }

    /// <summary>
    /// The points of each claimant, in order: reward × share ÷ 100 rounded down, and what is left over goes to the first.
    /// <paramref name="shares"/> are per cent and sum to 100.
    /// </summary>
    public static int[] Split(int reward, IReadOnlyList<int> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (shares.Sum() != 100) throw new ArgumentException("Shares sum to 100.", nameof(shares));
        var parts = shares.Select(s => (int)((long)reward * s / 100)).ToArray();
        parts[0] += reward - parts.Sum();
        return parts;
    }

    /// <summary>
    /// The fen of each claimant, in order: money × share ÷ 100 rounded down, and the fen left over one each to the largest remainders,
    /// the earlier place first among equal ones. They sum to the whole.
    /// </summary>
    public static long[] SplitFen(long fen, IReadOnlyList<int> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (shares.Sum() != 100) throw new ArgumentException("Shares sum to 100.", nameof(shares));
        var parts = shares.Select(s => checked(fen * s) / 100).ToArray();
        foreach (var place in Enumerable.Range(0, parts.Length).OrderByDescending(i => fen * shares[i] % 100).Take((int)(fen - parts.Sum()))) parts[place]++;
        return parts;
    }
}
