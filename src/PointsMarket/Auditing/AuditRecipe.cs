namespace PointsMarket.Auditing;

/// <summary>The recipe that goes with every export: all that a stranger needs.</summary>
public static class AuditRecipe
{
    /// <summary>The text of <c>README.txt</c>.</summary>
    public const string Text = """
        审计导出包 / AUDIT EXPORT
        ======================

        本包含一个派出所的全部账簿。下面的步骤不需要本平台的任何程序：任何会算 SHA-256 的语言，一百来行就够。
        This is the whole book of one station. The steps below need nothing of the program that wrote it: any language that can
        compute SHA-256 will do, in a hundred lines.

        FILES  (UTF-8 without BOM, comma, header row, RFC 4180 quotes, CRLF. Read them with a program: a spreadsheet would
        change long numbers, and run a cell that begins with "=".)

        book.csv             code of the station, number of transactions, hash of the last one (head), number of accounts,
                             closed_before_ms (nothing that happened before may be recorded any more; empty: no limit)
        transactions.csv     one row a transaction, by number; related = the earlier transaction it takes back or ends
        entries.csv          two rows a posting: line 2i gives (negative), line 2i+1 receives (positive)
        accounts.csv         balance, number of entries (version), floor (0: may not go below zero; empty: may)
        closings.csv         every move of the limit closed_before, in order
        checkpoints.jsonl    number and hash of transactions, as noted outside the database
        reconciliations.csv discrepancies.csv bank-lines.csv follow-ups.csv month-closings.csv
                             the monthly reconciliations, what was off, and what became of it

        Times are milliseconds since 1970-01-01 00:00 UTC. Money (CNY) is in fen. Hashes are 32 bytes in hexadecimal.
        Nobody's name stands here: members, users and kiosks appear by code or number.

        BYTES
          N(x)  an integer: 8 bytes, big-endian, two's complement
          S(x)  a text: the length of its UTF-8 bytes in 4 bytes, big-endian, then those bytes; an absent text is the length -1
          H(x)  32 bytes as they are

        RECIPE
        1. For each transaction, in order of number, take its entries in order of line. They must be an even number, lines
           0, 1, 2 ...; of each pair the first amount is the negative of the second, which is positive; the two accounts differ
           and hold the same asset.
        2. content = SHA-256 of
             S("PM1C") S(kind) S(subject) N(happened_ms) S(reason, absent when has_reason is 0) S(relation, absent when empty)
             N(related, 0 when empty) N(number of postings)
             and for each posting: S(code of the giving account) S(code of the receiving account) S(asset) N(amount received)
           It must be content_hash.
        3. hash = SHA-256 of
             S("PM1L") H(hash of the transaction before; 32 zero bytes for the first) S(code of the station) N(number) S(key)
             H(content) N(recorded_ms) S(actor)
             and for each posting: N(version of the giving entry) N(version of the receiving entry)
           It must be hash. The last one must be head in book.csv, and the numbers run from 1 without a gap.
        4. Go through the entries once more: the versions of each account run from 1 without a gap; the amounts add up to
           balance in accounts.csv and never fall below floor; every asset adds up to zero over all accounts.
        5. Every checkpoint names a transaction whose hash is the one it says. Compare with the checkpoints YOU kept, on paper or
           elsewhere: whoever can rewrite a whole book can write its checkpoints anew, but not yours.
        6. For each row of closings.csv, in order: hash = SHA-256 of
             S("PM1P") H(hash of the row before; zeros for the first) S(code of the station) N(number) N(sequence)
             H(hash of the transaction with that number; zeros for 0) N(before_ms, -9223372036854775808 when empty)
             N(recorded_ms) S(actor)
           No transaction with a higher number than a row's sequence (and not higher than the next row's) happened before its
           before_ms. The last row's before_ms is closed_before_ms.
        7. A transaction is taken back (Reverses), ended (Ends) or corrected in part (Corrects) at most once: no two rows have the same related and relation.
        If all of this holds, the book is whole and nobody changed it after the fact.

        """;
}
