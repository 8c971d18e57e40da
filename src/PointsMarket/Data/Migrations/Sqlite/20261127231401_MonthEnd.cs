using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace PointsMarket.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MonthEnd : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "CountedAt",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "Replaced",
                table: "Vouchers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Retired",
                table: "ScoringRules",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "FirstLevel",
                table: "RuleProposals",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Icon",
                table: "RuleProposals",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NameEn",
                table: "RuleProposals",
                type: "TEXT",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NameZh",
                table: "RuleProposals",
                type: "TEXT",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Retired",
                table: "RuleProposals",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ClosedBefore",
                table: "LedgerBooks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "RaterId",
                table: "Evaluations",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<int>(
                name: "RaterUserId",
                table: "Evaluations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Evaluations",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AnnouncementId",
                table: "Deliveries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CountedBy",
                table: "Deliveries",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WaitsFor",
                table: "Cases",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WaitsSince",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AssessmentCorrections",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AssessmentId = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Points = table.Column<long>(type: "INTEGER", nullable: false),
                    Verified = table.Column<int>(type: "INTEGER", nullable: false),
                    Rejected = table.Column<int>(type: "INTEGER", nullable: false),
                    Score = table.Column<int>(type: "INTEGER", nullable: true),
                    Grade = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Bonus = table.Column<int>(type: "INTEGER", nullable: false),
                    Difference = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 250, nullable: false),
                    ProposedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ProposedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssessmentCorrections", x => x.Id);
                    table.CheckConstraint("CK_AssessmentCorrections_TwoPeople", "\"DecidedBy\" <> \"ProposedBy\"");
                    table.ForeignKey(
                        name: "FK_AssessmentCorrections_Assessments_AssessmentId",
                        column: x => x.AssessmentId,
                        principalTable: "Assessments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AssessmentCorrections_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AuditSamples",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Seed = table.Column<int>(type: "INTEGER", nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    UpTo = table.Column<long>(type: "INTEGER", nullable: false),
                    Of = table.Column<int>(type: "INTEGER", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TakenBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditSamples", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AuditSamples_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AwardCycles",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Quota = table.Column<int>(type: "INTEGER", nullable: false),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kinds = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    LeastMonths = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    MonthlyFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Fund = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Turns = table.Column<int>(type: "INTEGER", nullable: false),
                    RankedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FixedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ConfirmedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    NoticeFrom = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    NoticeTo = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    IssuedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwardCycles", x => x.Id);
                    table.CheckConstraint("CK_AwardCycles_Money", "\"AmountFen\" >= 0 AND \"MonthlyFen\" >= 0");
                    table.CheckConstraint("CK_AwardCycles_Quota", "\"Quota\" > 0");
                    table.ForeignKey(
                        name: "FK_AwardCycles_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AwardCycles_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CaseFiles",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EventId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CaseFiles_CaseEvents_EventId",
                        column: x => x.EventId,
                        principalTable: "CaseEvents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CoverOverrides",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Ratio = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoverOverrides", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CoverOverrides_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FollowUps",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ReconciliationId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Item = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Outside = table.Column<long>(type: "INTEGER", nullable: true),
                    Book = table.Column<long>(type: "INTEGER", nullable: true),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Line = table.Column<int>(type: "INTEGER", nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    How = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: true),
                    WithId = table.Column<int>(type: "INTEGER", nullable: true),
                    SettledSequence = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstSignature = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FollowUps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FollowUps_Reconciliations_ReconciliationId",
                        column: x => x.ReconciliationId,
                        principalTable: "Reconciliations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "JobRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Job = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Cause = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Live = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Node = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Percent = table.Column<int>(type: "INTEGER", nullable: true),
                    Quiet = table.Column<bool>(type: "INTEGER", nullable: false),
                    Failure = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    TraceId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Log = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_JobRuns", x => x.Id);
                    table.CheckConstraint("CK_JobRuns_Live", "(\"Live\" IS NULL AND \"State\" NOT IN ('Queued', 'Running')) OR (\"Live\" IS NOT NULL AND \"State\" IN ('Queued', 'Running'))");
                });

            migrationBuilder.CreateTable(
                name: "LedgerClosings",
                columns: table => new
                {
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Before = table.Column<long>(type: "INTEGER", nullable: true),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerClosings", x => new { x.BookId, x.Number });
                    table.ForeignKey(
                        name: "FK_LedgerClosings_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Lots",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Expires = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    UseBy = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Origin = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lots", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Lots_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Lots_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Meetings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    HeldOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Notes = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    WrittenBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Meetings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Meetings_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MonthClosings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ReconciliationId = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ClosedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReopenAskedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ReopenAskedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReopenReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ReopenedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ReopenedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Past = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonthClosings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MonthClosings_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MonthClosings_Reconciliations_ReconciliationId",
                        column: x => x.ReconciliationId,
                        principalTable: "Reconciliations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MonthFiles",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Fund = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    TakenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TakenBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Withdrawn = table.Column<int>(type: "INTEGER", nullable: false),
                    WithdrawnAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    WithdrawnBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MonthFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MonthFiles_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Pledges",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    SponsorId = table.Column<int>(type: "INTEGER", nullable: false),
                    OutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: true),
                    Words = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Quantity = table.Column<int>(type: "INTEGER", nullable: true),
                    ValueFen = table.Column<long>(type: "INTEGER", nullable: true),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    MadeBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pledges", x => x.Id);
                    table.CheckConstraint("CK_Pledges_Quantity", "\"Quantity\" > 0");
                    table.CheckConstraint("CK_Pledges_What", "\"GoodsId\" IS NOT NULL OR \"Words\" IS NOT NULL");
                    table.ForeignKey(
                        name: "FK_Pledges_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Pledges_Outlets_OutletId",
                        column: x => x.OutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Pledges_Sponsors_SponsorId",
                        column: x => x.SponsorId,
                        principalTable: "Sponsors",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PoliceFigures",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Value = table.Column<long>(type: "INTEGER", nullable: false),
                    ImportedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ImportedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PoliceFigures", x => x.Id);
                    table.CheckConstraint("CK_PoliceFigures_Value", "\"Value\" >= 0");
                    table.ForeignKey(
                        name: "FK_PoliceFigures_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReconciledLines",
                columns: table => new
                {
                    ReconciliationId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Fund = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Description = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Pairing = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReconciledLines", x => new { x.ReconciliationId, x.Position });
                    table.ForeignKey(
                        name: "FK_ReconciledLines_Reconciliations_ReconciliationId",
                        column: x => x.ReconciliationId,
                        principalTable: "Reconciliations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StockMoves",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    FromOutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    ToOutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SentAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SentBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SendSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    EndSequence = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StockMoves", x => x.Id);
                    table.CheckConstraint("CK_StockMoves_Outlets", "\"FromOutletId\" <> \"ToOutletId\"");
                    table.ForeignKey(
                        name: "FK_StockMoves_Outlets_FromOutletId",
                        column: x => x.FromOutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StockMoves_Outlets_ToOutletId",
                        column: x => x.ToOutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Stocktakes",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    OutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    OpenOutletId = table.Column<int>(type: "INTEGER", nullable: true),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    OpenedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    FirstAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FirstBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Stocktakes", x => x.Id);
                    table.CheckConstraint("CK_Stocktakes_TwoPeople", "\"State\" <> 'Signed' OR (\"FirstBy\" IS NOT NULL AND \"EndedBy\" IS NOT NULL AND \"FirstBy\" <> \"EndedBy\")");
                    table.ForeignKey(
                        name: "FK_Stocktakes_Outlets_OutletId",
                        column: x => x.OutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StockThresholds",
                columns: table => new
                {
                    OutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: false),
                    Pieces = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StockThresholds", x => new { x.OutletId, x.GoodsId });
                    table.CheckConstraint("CK_StockThresholds_Pieces", "\"Pieces\" >= 0");
                    table.ForeignKey(
                        name: "FK_StockThresholds_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StockThresholds_Outlets_OutletId",
                        column: x => x.OutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SupermarketCards",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    OutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    Batch = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RedemptionId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SupermarketCards", x => x.Id);
                    table.CheckConstraint("CK_SupermarketCards_Slip", "(\"State\" IN ('Lost', 'Blocked')) OR (\"State\" = 'HandedOut' AND \"RedemptionId\" IS NOT NULL) OR (\"State\" IN ('InStock', 'Returned') AND \"RedemptionId\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_SupermarketCards_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SupermarketCards_Outlets_OutletId",
                        column: x => x.OutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SupermarketCards_RedemptionLines_RedemptionId_GoodsId",
                        columns: x => new { x.RedemptionId, x.GoodsId },
                        principalTable: "RedemptionLines",
                        principalColumns: new[] { "RedemptionId", "GoodsId" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TaskCategories",
                columns: table => new
                {
                    Code = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    NameZh = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Icon = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskCategories", x => x.Code);
                });

            migrationBuilder.CreateTable(
                name: "TipPhotos",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TipId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TipPhotos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TipPhotos_Tips_TipId",
                        column: x => x.TipId,
                        principalTable: "Tips",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AuditSampleItems",
                columns: table => new
                {
                    SampleId = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Remark = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: true),
                    By = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditSampleItems", x => new { x.SampleId, x.Sequence });
                    table.ForeignKey(
                        name: "FK_AuditSampleItems_AuditSamples_SampleId",
                        column: x => x.SampleId,
                        principalTable: "AuditSamples",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AwardEvents",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CycleId = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Change = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 380, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwardEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AwardEvents_AwardCycles_CycleId",
                        column: x => x.CycleId,
                        principalTable: "AwardCycles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AwardNominees",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CycleId = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: true),
                    SponsorId = table.Column<int>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Place = table.Column<int>(type: "INTEGER", nullable: false),
                    ScoreSum = table.Column<long>(type: "INTEGER", nullable: false),
                    Months = table.Column<int>(type: "INTEGER", nullable: false),
                    Points = table.Column<long>(type: "INTEGER", nullable: false),
                    Named = table.Column<bool>(type: "INTEGER", nullable: false),
                    StruckFor = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    StruckBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    OwedFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Payment = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwardNominees", x => x.Id);
                    table.CheckConstraint("CK_AwardNominees_OneRecipient", "(CASE WHEN \"MemberId\" IS NULL THEN 0 ELSE 1 END) + (CASE WHEN \"SponsorId\" IS NULL THEN 0 ELSE 1 END) + (CASE WHEN \"Name\" IS NULL THEN 0 ELSE 1 END) = 1");
                    table.ForeignKey(
                        name: "FK_AwardNominees_AwardCycles_CycleId",
                        column: x => x.CycleId,
                        principalTable: "AwardCycles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AwardNominees_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AwardNominees_Sponsors_SponsorId",
                        column: x => x.SponsorId,
                        principalTable: "Sponsors",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AwardRecusals",
                columns: table => new
                {
                    CycleId = table.Column<int>(type: "INTEGER", nullable: false),
                    UserId = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwardRecusals", x => new { x.CycleId, x.UserId });
                    table.ForeignKey(
                        name: "FK_AwardRecusals_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AwardRecusals_AwardCycles_CycleId",
                        column: x => x.CycleId,
                        principalTable: "AwardCycles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FollowUpEvents",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FollowUpId = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Change = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FollowUpEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FollowUpEvents_FollowUps_FollowUpId",
                        column: x => x.FollowUpId,
                        principalTable: "FollowUps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryLines",
                columns: table => new
                {
                    DeliveryId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: false),
                    Announced = table.Column<int>(type: "INTEGER", nullable: true),
                    Accepted = table.Column<int>(type: "INTEGER", nullable: false),
                    Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    RefusedReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Expires = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    LotId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryLines", x => new { x.DeliveryId, x.Position });
                    table.CheckConstraint("CK_DeliveryLines_Pieces", "\"Accepted\" >= 0 AND \"Refused\" >= 0 AND \"Accepted\" + \"Refused\" > 0");
                    table.CheckConstraint("CK_DeliveryLines_Refused", "\"Refused\" = 0 OR \"RefusedReason\" IS NOT NULL");
                    table.ForeignKey(
                        name: "FK_DeliveryLines_Deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DeliveryLines_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_DeliveryLines_Lots_LotId",
                        column: x => x.LotId,
                        principalTable: "Lots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LotMovements",
                columns: table => new
                {
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Posting = table.Column<int>(type: "INTEGER", nullable: false),
                    LotId = table.Column<int>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LotMovements", x => new { x.BookId, x.Sequence, x.Posting, x.LotId });
                    table.CheckConstraint("CK_LotMovements_Quantity", "\"Quantity\" > 0");
                    table.ForeignKey(
                        name: "FK_LotMovements_LedgerTransactions_BookId_Sequence",
                        columns: x => new { x.BookId, x.Sequence },
                        principalTable: "LedgerTransactions",
                        principalColumns: new[] { "BookId", "Sequence" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LotMovements_Lots_LotId",
                        column: x => x.LotId,
                        principalTable: "Lots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LotStocks",
                columns: table => new
                {
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    LotId = table.Column<int>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LotStocks", x => new { x.BookId, x.Place, x.LotId });
                    table.CheckConstraint("CK_LotStocks_Quantity", "\"Quantity\" > 0 OR (\"Quantity\" < 0 AND (\"Place\" = 'purchase' OR \"Place\" = 'found' OR \"Place\" LIKE 'sponsor:%'))");
                    table.ForeignKey(
                        name: "FK_LotStocks_Lots_LotId",
                        column: x => x.LotId,
                        principalTable: "Lots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MeetingActions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MeetingId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    OwnerUserId = table.Column<int>(type: "INTEGER", nullable: true),
                    OwnerMemberId = table.Column<int>(type: "INTEGER", nullable: true),
                    DueDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DoneBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Result = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MeetingActions", x => x.Id);
                    table.CheckConstraint("CK_MeetingActions_OneOwner", "(\"OwnerUserId\" IS NULL AND \"OwnerMemberId\" IS NOT NULL) OR (\"OwnerUserId\" IS NOT NULL AND \"OwnerMemberId\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_MeetingActions_AspNetUsers_OwnerUserId",
                        column: x => x.OwnerUserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MeetingActions_Meetings_MeetingId",
                        column: x => x.MeetingId,
                        principalTable: "Meetings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MeetingActions_Members_OwnerMemberId",
                        column: x => x.OwnerMemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "BankLines",
                columns: table => new
                {
                    FileId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Fund = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AmountFen = table.Column<long>(type: "INTEGER", nullable: false),
                    Description = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BankLines", x => new { x.FileId, x.Position });
                    table.ForeignKey(
                        name: "FK_BankLines_MonthFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MonthFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CountLines",
                columns: table => new
                {
                    FileId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Outlet = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Sku = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Counted = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CountLines", x => new { x.FileId, x.Position });
                    table.ForeignKey(
                        name: "FK_CountLines_MonthFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MonthFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Announcements",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    PledgeId = table.Column<int>(type: "INTEGER", nullable: false),
                    OutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    AnnouncedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AnnouncedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DeliveryId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Announcements", x => x.Id);
                    table.CheckConstraint("CK_Announcements_Delivery", "(\"State\" = 'CountedIn' AND \"DeliveryId\" IS NOT NULL) OR (\"State\" <> 'CountedIn' AND \"DeliveryId\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_Announcements_Deliveries_DeliveryId",
                        column: x => x.DeliveryId,
                        principalTable: "Deliveries",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Announcements_Outlets_OutletId",
                        column: x => x.OutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Announcements_Pledges_PledgeId",
                        column: x => x.PledgeId,
                        principalTable: "Pledges",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StockMoveLines",
                columns: table => new
                {
                    MoveId = table.Column<int>(type: "INTEGER", nullable: false),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: false),
                    Sent = table.Column<int>(type: "INTEGER", nullable: false),
                    Received = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StockMoveLines", x => new { x.MoveId, x.GoodsId });
                    table.CheckConstraint("CK_StockMoveLines_Pieces", "\"Sent\" > 0 AND (\"Received\" IS NULL OR (\"Received\" >= 0 AND \"Received\" <= \"Sent\"))");
                    table.ForeignKey(
                        name: "FK_StockMoveLines_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StockMoveLines_StockMoves_MoveId",
                        column: x => x.MoveId,
                        principalTable: "StockMoves",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StocktakeLines",
                columns: table => new
                {
                    StocktakeId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: false),
                    LotId = table.Column<int>(type: "INTEGER", nullable: true),
                    Counted = table.Column<int>(type: "INTEGER", nullable: true),
                    Book = table.Column<long>(type: "INTEGER", nullable: true),
                    CountedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CountedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    EarlierCounted = table.Column<int>(type: "INTEGER", nullable: true),
                    EarlierBook = table.Column<long>(type: "INTEGER", nullable: true),
                    EarlierBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StocktakeLines", x => new { x.StocktakeId, x.Position });
                    table.CheckConstraint("CK_StocktakeLines_Counted", "\"Counted\" IS NULL OR (\"Counted\" >= 0 AND \"Book\" IS NOT NULL)");
                    table.ForeignKey(
                        name: "FK_StocktakeLines_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StocktakeLines_Lots_LotId",
                        column: x => x.LotId,
                        principalTable: "Lots",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_StocktakeLines_Stocktakes_StocktakeId",
                        column: x => x.StocktakeId,
                        principalTable: "Stocktakes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CardEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CardId = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Step = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RedemptionId = table.Column<int>(type: "INTEGER", nullable: true),
                    Words = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CardEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CardEvents_Redemptions_RedemptionId",
                        column: x => x.RedemptionId,
                        principalTable: "Redemptions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CardEvents_SupermarketCards_CardId",
                        column: x => x.CardId,
                        principalTable: "SupermarketCards",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AwardObjections",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CycleId = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    NomineeId = table.Column<int>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Upheld = table.Column<bool>(type: "INTEGER", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    AnsweredBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwardObjections", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AwardObjections_AwardCycles_CycleId",
                        column: x => x.CycleId,
                        principalTable: "AwardCycles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AwardObjections_AwardNominees_NomineeId",
                        column: x => x.NomineeId,
                        principalTable: "AwardNominees",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AwardObjections_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Certificates",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: false),
                    Serial = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 14, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CycleId = table.Column<int>(type: "INTEGER", nullable: false),
                    NomineeId = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: true),
                    SponsorId = table.Column<int>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Title = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    IssuedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    IssuedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    IssuedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RevokedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    RevokedFor = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Certificates", x => x.Id);
                    table.CheckConstraint("CK_Certificates_OtherRevokes", "\"RevokedBy\" IS NULL OR \"RevokedBy\" <> \"IssuedBy\"");
                    table.CheckConstraint("CK_Certificates_Serial", "\"Serial\" > 0");
                    table.ForeignKey(
                        name: "FK_Certificates_AwardCycles_CycleId",
                        column: x => x.CycleId,
                        principalTable: "AwardCycles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Certificates_AwardNominees_NomineeId",
                        column: x => x.NomineeId,
                        principalTable: "AwardNominees",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Certificates_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Certificates_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Certificates_Sponsors_SponsorId",
                        column: x => x.SponsorId,
                        principalTable: "Sponsors",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AnnouncedLines",
                columns: table => new
                {
                    AnnouncementId = table.Column<int>(type: "INTEGER", nullable: false),
                    GoodsId = table.Column<int>(type: "INTEGER", nullable: false),
                    Quantity = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AnnouncedLines", x => new { x.AnnouncementId, x.GoodsId });
                    table.CheckConstraint("CK_AnnouncedLines_Quantity", "\"Quantity\" > 0");
                    table.ForeignKey(
                        name: "FK_AnnouncedLines_Announcements_AnnouncementId",
                        column: x => x.AnnouncementId,
                        principalTable: "Announcements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AnnouncedLines_Goods_GoodsId",
                        column: x => x.GoodsId,
                        principalTable: "Goods",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CertificatePrints",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CertificateId = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CertificatePrints", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CertificatePrints_Certificates_CertificateId",
                        column: x => x.CertificateId,
                        principalTable: "Certificates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "TaskCategories",
                columns: new[] { "Code", "Icon", "NameEn", "NameZh", "Position" },
                values: new object[,]
                {
                    { "capture", "award", "Helped in an arrest", "协助抓获", 2 },
                    { "care", "heart", "Visit and help", "帮扶走访", 9 },
                    { "clue", "eye", "Gave a lead", "提供线索", 1 },
                    { "dispute", "handshake", "Settled a quarrel", "化解纠纷", 5 },
                    { "hazard-fixed", "circle-check", "Removed a hazard", "消除隐患", 4 },
                    { "hazard-found", "triangle-alert", "Found a hazard", "排查隐患", 3 },
                    { "incident", "phone", "Helped at an incident", "配合处警", 6 },
                    { "opinion", "message-square", "Passed on an opinion", "社情民意", 12 },
                    { "patrol", "map-pin", "Patrol", "义务巡逻", 7 },
                    { "post", "store", "Fixed post, school escort", "站岗护学", 8 },
                    { "publicity", "megaphone", "Spread the word", "宣传", 10 },
                    { "service", "hand-heart", "Errand for a neighbour", "代办服务", 13 },
                    { "training", "scroll-text", "Training", "参加培训", 11 }
                });

            migrationBuilder.CreateIndex(
                name: "IX_Redemptions_OutletId_HappenedAt",
                table: "Redemptions",
                columns: new[] { "OutletId", "HappenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_Month_MemberId_RaterUserId",
                table: "Evaluations",
                columns: new[] { "Month", "MemberId", "RaterUserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Evaluations_RaterUserId",
                table: "Evaluations",
                column: "RaterUserId");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Evaluations_OneRater",
                table: "Evaluations",
                sql: "(\"RaterId\" IS NULL AND \"RaterUserId\" IS NOT NULL) OR (\"RaterId\" IS NOT NULL AND \"RaterUserId\" IS NULL)");

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_AnnouncementId",
                table: "Deliveries",
                column: "AnnouncementId");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_WaitsSince",
                table: "Cases",
                column: "WaitsSince");

            migrationBuilder.CreateIndex(
                name: "IX_AnnouncedLines_GoodsId",
                table: "AnnouncedLines",
                column: "GoodsId");

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_DeliveryId",
                table: "Announcements",
                column: "DeliveryId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_Key",
                table: "Announcements",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_OutletId",
                table: "Announcements",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_PledgeId",
                table: "Announcements",
                column: "PledgeId");

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_Reference",
                table: "Announcements",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Announcements_State_OutletId",
                table: "Announcements",
                columns: new[] { "State", "OutletId" });

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentCorrections_AssessmentId_MemberId_Number",
                table: "AssessmentCorrections",
                columns: new[] { "AssessmentId", "MemberId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentCorrections_MemberId",
                table: "AssessmentCorrections",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentCorrections_OneWaits",
                table: "AssessmentCorrections",
                columns: new[] { "AssessmentId", "MemberId" },
                unique: true,
                filter: "\"State\" = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_AuditSamples_BookId_Month",
                table: "AuditSamples",
                columns: new[] { "BookId", "Month" });

            migrationBuilder.CreateIndex(
                name: "IX_AwardCycles_AreaId",
                table: "AwardCycles",
                column: "AreaId");

            migrationBuilder.CreateIndex(
                name: "IX_AwardCycles_BookId_Year_Kind",
                table: "AwardCycles",
                columns: new[] { "BookId", "Year", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_AwardCycles_State",
                table: "AwardCycles",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_AwardEvents_CycleId_Id",
                table: "AwardEvents",
                columns: new[] { "CycleId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AwardNominees_CycleId_MemberId",
                table: "AwardNominees",
                columns: new[] { "CycleId", "MemberId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AwardNominees_CycleId_Name",
                table: "AwardNominees",
                columns: new[] { "CycleId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AwardNominees_CycleId_Place",
                table: "AwardNominees",
                columns: new[] { "CycleId", "Place" });

            migrationBuilder.CreateIndex(
                name: "IX_AwardNominees_CycleId_SponsorId",
                table: "AwardNominees",
                columns: new[] { "CycleId", "SponsorId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AwardNominees_MemberId",
                table: "AwardNominees",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_AwardNominees_SponsorId",
                table: "AwardNominees",
                column: "SponsorId");

            migrationBuilder.CreateIndex(
                name: "IX_AwardObjections_CycleId_MemberId",
                table: "AwardObjections",
                columns: new[] { "CycleId", "MemberId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AwardObjections_MemberId",
                table: "AwardObjections",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_AwardObjections_NomineeId",
                table: "AwardObjections",
                column: "NomineeId");

            migrationBuilder.CreateIndex(
                name: "IX_AwardRecusals_UserId",
                table: "AwardRecusals",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_CardEvents_CardId",
                table: "CardEvents",
                column: "CardId");

            migrationBuilder.CreateIndex(
                name: "IX_CardEvents_RedemptionId",
                table: "CardEvents",
                column: "RedemptionId");

            migrationBuilder.CreateIndex(
                name: "IX_CaseFiles_EventId_Number",
                table: "CaseFiles",
                columns: new[] { "EventId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CertificatePrints_CertificateId_Id",
                table: "CertificatePrints",
                columns: new[] { "CertificateId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_BookId_Year_Serial",
                table: "Certificates",
                columns: new[] { "BookId", "Year", "Serial" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_Code",
                table: "Certificates",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_CycleId",
                table: "Certificates",
                column: "CycleId");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_MemberId",
                table: "Certificates",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_NomineeId",
                table: "Certificates",
                column: "NomineeId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Certificates_SponsorId",
                table: "Certificates",
                column: "SponsorId");

            migrationBuilder.CreateIndex(
                name: "IX_CoverOverrides_BookId_Month",
                table: "CoverOverrides",
                columns: new[] { "BookId", "Month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryLines_GoodsId",
                table: "DeliveryLines",
                column: "GoodsId");

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryLines_LotId",
                table: "DeliveryLines",
                column: "LotId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FollowUpEvents_FollowUpId",
                table: "FollowUpEvents",
                column: "FollowUpId");

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_ReconciliationId_Position",
                table: "FollowUps",
                columns: new[] { "ReconciliationId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_EndedAt",
                table: "JobRuns",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_Job_AskedAt",
                table: "JobRuns",
                columns: new[] { "Job", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_JobRuns_Live",
                table: "JobRuns",
                column: "Live",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LotMovements_LotId",
                table: "LotMovements",
                column: "LotId");

            migrationBuilder.CreateIndex(
                name: "IX_Lots_BookId",
                table: "Lots",
                column: "BookId");

            migrationBuilder.CreateIndex(
                name: "IX_Lots_GoodsId_UseBy",
                table: "Lots",
                columns: new[] { "GoodsId", "UseBy" });

            migrationBuilder.CreateIndex(
                name: "IX_LotStocks_LotId",
                table: "LotStocks",
                column: "LotId");

            migrationBuilder.CreateIndex(
                name: "IX_MeetingActions_DoneAt_DueDay",
                table: "MeetingActions",
                columns: new[] { "DoneAt", "DueDay" });

            migrationBuilder.CreateIndex(
                name: "IX_MeetingActions_MeetingId_Number",
                table: "MeetingActions",
                columns: new[] { "MeetingId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MeetingActions_OwnerMemberId",
                table: "MeetingActions",
                column: "OwnerMemberId");

            migrationBuilder.CreateIndex(
                name: "IX_MeetingActions_OwnerUserId",
                table: "MeetingActions",
                column: "OwnerUserId");

            migrationBuilder.CreateIndex(
                name: "IX_Meetings_AreaId_HeldOn",
                table: "Meetings",
                columns: new[] { "AreaId", "HeldOn" });

            migrationBuilder.CreateIndex(
                name: "IX_MonthClosings_BookId_Month_Past",
                table: "MonthClosings",
                columns: new[] { "BookId", "Month", "Past" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MonthClosings_ReconciliationId",
                table: "MonthClosings",
                column: "ReconciliationId");

            migrationBuilder.CreateIndex(
                name: "IX_MonthFiles_BookId_Month_Kind",
                table: "MonthFiles",
                columns: new[] { "BookId", "Month", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_MonthFiles_BookId_Sha256_Withdrawn",
                table: "MonthFiles",
                columns: new[] { "BookId", "Sha256", "Withdrawn" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Pledges_GoodsId",
                table: "Pledges",
                column: "GoodsId");

            migrationBuilder.CreateIndex(
                name: "IX_Pledges_Key",
                table: "Pledges",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Pledges_OutletId",
                table: "Pledges",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_Pledges_Reference",
                table: "Pledges",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Pledges_SponsorId_State",
                table: "Pledges",
                columns: new[] { "SponsorId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Pledges_State_OutletId",
                table: "Pledges",
                columns: new[] { "State", "OutletId" });

            migrationBuilder.CreateIndex(
                name: "IX_PoliceFigures_AreaId_Month_Key",
                table: "PoliceFigures",
                columns: new[] { "AreaId", "Month", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PoliceFigures_Month",
                table: "PoliceFigures",
                column: "Month");

            migrationBuilder.CreateIndex(
                name: "IX_StockMoveLines_GoodsId",
                table: "StockMoveLines",
                column: "GoodsId");

            migrationBuilder.CreateIndex(
                name: "IX_StockMoves_FromOutletId",
                table: "StockMoves",
                column: "FromOutletId");

            migrationBuilder.CreateIndex(
                name: "IX_StockMoves_Key",
                table: "StockMoves",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StockMoves_Reference",
                table: "StockMoves",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StockMoves_State_SentAt",
                table: "StockMoves",
                columns: new[] { "State", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_StockMoves_ToOutletId",
                table: "StockMoves",
                column: "ToOutletId");

            migrationBuilder.CreateIndex(
                name: "IX_StocktakeLines_GoodsId",
                table: "StocktakeLines",
                column: "GoodsId");

            migrationBuilder.CreateIndex(
                name: "IX_StocktakeLines_LotId",
                table: "StocktakeLines",
                column: "LotId");

            migrationBuilder.CreateIndex(
                name: "IX_Stocktakes_Key",
                table: "Stocktakes",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Stocktakes_OpenOutletId",
                table: "Stocktakes",
                column: "OpenOutletId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Stocktakes_OutletId_Month",
                table: "Stocktakes",
                columns: new[] { "OutletId", "Month" });

            migrationBuilder.CreateIndex(
                name: "IX_Stocktakes_State_OpenedAt",
                table: "Stocktakes",
                columns: new[] { "State", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_StockThresholds_GoodsId",
                table: "StockThresholds",
                column: "GoodsId");

            migrationBuilder.CreateIndex(
                name: "IX_SupermarketCards_Batch",
                table: "SupermarketCards",
                column: "Batch");

            migrationBuilder.CreateIndex(
                name: "IX_SupermarketCards_GoodsId_Serial",
                table: "SupermarketCards",
                columns: new[] { "GoodsId", "Serial" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SupermarketCards_OutletId_GoodsId_State",
                table: "SupermarketCards",
                columns: new[] { "OutletId", "GoodsId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_SupermarketCards_RedemptionId_GoodsId",
                table: "SupermarketCards",
                columns: new[] { "RedemptionId", "GoodsId" });

            migrationBuilder.CreateIndex(
                name: "IX_SupermarketCards_Serial",
                table: "SupermarketCards",
                column: "Serial");

            migrationBuilder.CreateIndex(
                name: "IX_TipPhotos_TipId_Number",
                table: "TipPhotos",
                columns: new[] { "TipId", "Number" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Evaluations_AspNetUsers_RaterUserId",
                table: "Evaluations",
                column: "RaterUserId",
                principalTable: "AspNetUsers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_ScoringRules_TaskCategories_Category",
                table: "ScoringRules",
                column: "Category",
                principalTable: "TaskCategories",
                principalColumn: "Code",
                onDelete: ReferentialAction.Restrict);

            PointsMarket.Sponsors.DeliveryRows.MoveToLines(migrationBuilder);

            migrationBuilder.DropForeignKey(
                name: "FK_Deliveries_Goods_GoodsId",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_GoodsId",
                table: "Deliveries");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Deliveries_Quantity",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "GoodsId",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Quantity",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "Expires",
                table: "Deliveries");

            PointsMarket.Cases.CaseWaits.Fill(migrationBuilder);

            PointsMarket.Ledger.LedgerTriggers.CloseMonths(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Tables are dropped first and rebuilt without their keys last, so the keys must not be asked in between.
            migrationBuilder.Sql("PRAGMA foreign_keys = 0;", suppressTransaction: true);
            PointsMarket.Ledger.LedgerTriggers.OpenMonths(migrationBuilder);

            migrationBuilder.DropForeignKey(
                name: "FK_Evaluations_AspNetUsers_RaterUserId",
                table: "Evaluations");

            migrationBuilder.DropForeignKey(
                name: "FK_ScoringRules_TaskCategories_Category",
                table: "ScoringRules");

            migrationBuilder.DropTable(
                name: "AnnouncedLines");

            migrationBuilder.DropTable(
                name: "AssessmentCorrections");

            migrationBuilder.DropTable(
                name: "AuditSampleItems");

            migrationBuilder.DropTable(
                name: "AwardEvents");

            migrationBuilder.DropTable(
                name: "AwardObjections");

            migrationBuilder.DropTable(
                name: "AwardRecusals");

            migrationBuilder.DropTable(
                name: "BankLines");

            migrationBuilder.DropTable(
                name: "CardEvents");

            migrationBuilder.DropTable(
                name: "CaseFiles");

            migrationBuilder.DropTable(
                name: "CertificatePrints");

            migrationBuilder.DropTable(
                name: "CountLines");

            migrationBuilder.DropTable(
                name: "CoverOverrides");

            migrationBuilder.DropTable(
                name: "DeliveryLines");

            migrationBuilder.DropTable(
                name: "FollowUpEvents");

            migrationBuilder.DropTable(
                name: "JobRuns");

            migrationBuilder.DropTable(
                name: "LedgerClosings");

            migrationBuilder.DropTable(
                name: "LotMovements");

            migrationBuilder.DropTable(
                name: "LotStocks");

            migrationBuilder.DropTable(
                name: "MeetingActions");

            migrationBuilder.DropTable(
                name: "MonthClosings");

            migrationBuilder.DropTable(
                name: "PoliceFigures");

            migrationBuilder.DropTable(
                name: "ReconciledLines");

            migrationBuilder.DropTable(
                name: "StockMoveLines");

            migrationBuilder.DropTable(
                name: "StocktakeLines");

            migrationBuilder.DropTable(
                name: "StockThresholds");

            migrationBuilder.DropTable(
                name: "TaskCategories");

            migrationBuilder.DropTable(
                name: "TipPhotos");

            migrationBuilder.DropTable(
                name: "Announcements");

            migrationBuilder.DropTable(
                name: "AuditSamples");

            migrationBuilder.DropTable(
                name: "SupermarketCards");

            migrationBuilder.DropTable(
                name: "Certificates");

            migrationBuilder.DropTable(
                name: "MonthFiles");

            migrationBuilder.DropTable(
                name: "FollowUps");

            migrationBuilder.DropTable(
                name: "Meetings");

            migrationBuilder.DropTable(
                name: "StockMoves");

            migrationBuilder.DropTable(
                name: "Lots");

            migrationBuilder.DropTable(
                name: "Stocktakes");

            migrationBuilder.DropTable(
                name: "Pledges");

            migrationBuilder.DropTable(
                name: "AwardNominees");

            migrationBuilder.DropTable(
                name: "AwardCycles");

            migrationBuilder.DropIndex(
                name: "IX_Redemptions_OutletId_HappenedAt",
                table: "Redemptions");

            migrationBuilder.DropIndex(
                name: "IX_Evaluations_Month_MemberId_RaterUserId",
                table: "Evaluations");

            migrationBuilder.DropIndex(
                name: "IX_Evaluations_RaterUserId",
                table: "Evaluations");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Evaluations_OneRater",
                table: "Evaluations");

            migrationBuilder.DropIndex(
                name: "IX_Deliveries_AnnouncementId",
                table: "Deliveries");

            migrationBuilder.DropIndex(
                name: "IX_Cases_WaitsSince",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Replaced",
                table: "Vouchers");

            migrationBuilder.DropColumn(
                name: "Retired",
                table: "ScoringRules");

            migrationBuilder.DropColumn(
                name: "FirstLevel",
                table: "RuleProposals");

            migrationBuilder.DropColumn(
                name: "Icon",
                table: "RuleProposals");

            migrationBuilder.DropColumn(
                name: "NameEn",
                table: "RuleProposals");

            migrationBuilder.DropColumn(
                name: "NameZh",
                table: "RuleProposals");

            migrationBuilder.DropColumn(
                name: "Retired",
                table: "RuleProposals");

            migrationBuilder.DropColumn(
                name: "ClosedBefore",
                table: "LedgerBooks");

            migrationBuilder.DropColumn(
                name: "RaterUserId",
                table: "Evaluations");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Evaluations");

            migrationBuilder.DropColumn(
                name: "AnnouncementId",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "CountedBy",
                table: "Deliveries");

            migrationBuilder.DropColumn(
                name: "WaitsFor",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "WaitsSince",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "CountedAt",
                table: "Deliveries");

            migrationBuilder.AddColumn<DateOnly>(
                name: "Expires",
                table: "Deliveries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "RaterId",
                table: "Evaluations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AddColumn<int>(
                name: "GoodsId",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Quantity",
                table: "Deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Deliveries_GoodsId",
                table: "Deliveries",
                column: "GoodsId");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Deliveries_Quantity",
                table: "Deliveries",
                sql: "\"Quantity\" > 0");

            migrationBuilder.AddForeignKey(
                name: "FK_Deliveries_Goods_GoodsId",
                table: "Deliveries",
                column: "GoodsId",
                principalTable: "Goods",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
