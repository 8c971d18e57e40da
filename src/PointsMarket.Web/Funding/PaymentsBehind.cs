using PointsMarket.Funding;

namespace PointsMarket.Web.Funding;

/// <summary>The payments that a case or a certificate led to, for <c>_PaymentsBehind</c>.</summary>
/// <param name="Title">Key of the heading.</param>
/// <param name="MayOpen">True for those whom the payments' own pages are open to.</param>
/// <param name="Rows">The payments, in the order shown.</param>
public sealed record PaymentsBehind(string Title, bool MayOpen, IReadOnlyList<PaymentBehind> Rows);

/// <summary>One of them.</summary>
/// <param name="Id">Its key.</param>
/// <param name="AmountFen">What it pays for this.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Note">What else to say of it; null for nothing.</param>
/// <param name="IsBack">True when it came back.</param>
/// <param name="Claim">What is to be claimed back, in words; null when nothing is.</param>
public sealed record PaymentBehind(int Id, long AmountFen, PaymentState State, string? Note, bool IsBack, string? Claim);
