using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace PointsMarket.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Earning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_TaskReports_AreaId",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_Outcome_FiledAt",
                table: "TaskReports");

            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "Redemptions",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<int>(
                name: "VoucherId",
                table: "Redemptions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "OffLeaderboard",
                table: "Members",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "KioskSessions",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "INTEGER");

            migrationBuilder.AddColumn<int>(
                name: "VoucherId",
                table: "KioskSessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "VoucherFailures",
                table: "KioskDevices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "VoucherWaitUntil",
                table: "KioskDevices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ClaimBy",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfferedToId",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PostedBy",
                table: "Cases",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RevisitAskedAt",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RevisitedAt",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Round",
                table: "Cases",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<bool>(
                name: "Satisfied",
                table: "Cases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Wanted",
                table: "Cases",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CaseSeals",
                columns: table => new
                {
                    CaseId = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseSeals", x => x.CaseId);
                    table.ForeignKey(
                        name: "FK_CaseSeals_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Claims",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CaseId = table.Column<int>(type: "INTEGER", nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Plan = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ApprovedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ApprovedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SubmittedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 250, nullable: true),
                    Reward = table.Column<int>(type: "INTEGER", nullable: false),
                    Extension = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    MoreDays = table.Column<int>(type: "INTEGER", nullable: false),
                    MoreReason = table.Column<string>(type: "TEXT", maxLength: 250, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Claims", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Claims_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Climbs",
                columns: table => new
                {
                    Matter = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Climbs", x => new { x.Matter, x.Subject, x.Level });
                });

            migrationBuilder.CreateTable(
                name: "Duties",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    Weekdays = table.Column<int>(type: "INTEGER", maxLength: 32, nullable: false),
                    StartsAt = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    EndsAt = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    FirstDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    LastDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Crew = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    DrawDays = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Duties", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Duties_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "InboxMessages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: true),
                    UserId = table.Column<int>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Href = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ReadAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboxMessages", x => x.Id);
                    table.CheckConstraint("CK_InboxMessages_OneReader", "(\"MemberId\" IS NULL AND \"UserId\" IS NOT NULL) OR (\"MemberId\" IS NOT NULL AND \"UserId\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_InboxMessages_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_InboxMessages_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Loops",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    FoundAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    OpenedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ClientKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    FoundById = table.Column<int>(type: "INTEGER", nullable: true),
                    ReportId = table.Column<int>(type: "INTEGER", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    OwnerUserId = table.Column<int>(type: "INTEGER", nullable: true),
                    OwnerMemberId = table.Column<int>(type: "INTEGER", nullable: true),
                    Side = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    DueDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    SteppedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Loops", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Loops_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Loops_AspNetUsers_OwnerUserId",
                        column: x => x.OwnerUserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Loops_Members_FoundById",
                        column: x => x.FoundById,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Loops_Members_OwnerMemberId",
                        column: x => x.OwnerMemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Loops_TaskReports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "TaskReports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Mediators",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    Type = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Office = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mediators", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Mediators_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Mediators_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RouteSteps",
                columns: table => new
                {
                    Matter = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Level = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RouteSteps", x => new { x.Matter, x.Kind, x.Position });
                });

            migrationBuilder.CreateTable(
                name: "RuleProposals",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Category = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Points = table.Column<int>(type: "INTEGER", nullable: false),
                    ReportsPerDay = table.Column<int>(type: "INTEGER", nullable: true),
                    PointsPerMonth = table.Column<int>(type: "INTEGER", nullable: true),
                    Evidence = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ProposedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ProposedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RuleProposals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SealedIdentities",
                columns: table => new
                {
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SealedIdentities", x => x.MemberId);
                    table.ForeignKey(
                        name: "FK_SealedIdentities_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TipBatches",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Week = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Vouchers = table.Column<int>(type: "INTEGER", nullable: false),
                    Points = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TipBatches", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TipBatches_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UnsealRequests",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    AskedBy = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecidedBy = table.Column<int>(type: "INTEGER", nullable: true),
                    OpenUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ShownToAsker = table.Column<bool>(type: "INTEGER", nullable: false),
                    ShownToDecider = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnsealRequests", x => x.Id);
                    table.CheckConstraint("CK_UnsealRequests_TwoPeople", "\"DecidedBy\" IS NULL OR \"DecidedBy\" <> \"AskedBy\" OR \"State\" = 'Withdrawn'");
                    table.ForeignKey(
                        name: "FK_UnsealRequests_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Vouchers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BookId = table.Column<int>(type: "INTEGER", nullable: false),
                    Mark = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Number = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Points = table.Column<int>(type: "INTEGER", nullable: false),
                    Granted = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Vouchers", x => x.Id);
                    table.CheckConstraint("CK_Vouchers_Points", "\"Points\" > 0");
                    table.ForeignKey(
                        name: "FK_Vouchers_LedgerBooks_BookId",
                        column: x => x.BookId,
                        principalTable: "LedgerBooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CaseEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    CaseId = table.Column<int>(type: "INTEGER", nullable: false),
                    ClaimId = table.Column<int>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: true),
                    Change = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Points = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CaseEvents_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CaseEvents_Claims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "Claims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ClaimHandOvers",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ClaimId = table.Column<int>(type: "INTEGER", nullable: false),
                    FromId = table.Column<int>(type: "INTEGER", nullable: false),
                    ToId = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    OfferedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    OfferedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SignedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SignedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimHandOvers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ClaimHandOvers_Claims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "Claims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClaimHandOvers_Members_FromId",
                        column: x => x.FromId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClaimHandOvers_Members_ToId",
                        column: x => x.ToId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ClaimMembers",
                columns: table => new
                {
                    ClaimId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    Share = table.Column<int>(type: "INTEGER", nullable: false),
                    AgreedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AgreedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimMembers", x => new { x.ClaimId, x.Position });
                    table.CheckConstraint("CK_ClaimMembers_Share", "\"Share\" BETWEEN 1 AND 100");
                    table.ForeignKey(
                        name: "FK_ClaimMembers_Claims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "Claims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClaimMembers_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Shifts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DutyId = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    StartsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DrawAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Crew = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Seed = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    CodeKey = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    DrawnAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LeaderId = table.Column<int>(type: "INTEGER", nullable: true),
                    CancelReason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ConfirmedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ConfirmedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Shifts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Shifts_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Shifts_Duties_DutyId",
                        column: x => x.DutyId,
                        principalTable: "Duties",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Shifts_Members_LeaderId",
                        column: x => x.LeaderId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LoopReminders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    LoopId = table.Column<int>(type: "INTEGER", nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Told = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LoopReminders", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LoopReminders_Loops_LoopId",
                        column: x => x.LoopId,
                        principalTable: "Loops",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LoopSteps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    LoopId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Who = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    WhoUserId = table.Column<int>(type: "INTEGER", nullable: true),
                    WhoMemberId = table.Column<int>(type: "INTEGER", nullable: true),
                    DueDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Undoes = table.Column<int>(type: "INTEGER", nullable: true),
                    ReportId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LoopSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LoopSteps_AspNetUsers_WhoUserId",
                        column: x => x.WhoUserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LoopSteps_Loops_LoopId",
                        column: x => x.LoopId,
                        principalTable: "Loops",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LoopSteps_Members_WhoMemberId",
                        column: x => x.WhoMemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_LoopSteps_TaskReports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "TaskReports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UnsealEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    RequestId = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Step = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnsealEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UnsealEvents_UnsealRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "UnsealRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Tips",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    CodeHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PinHash = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    PinFailures = table.Column<int>(type: "INTEGER", nullable: false),
                    PinWaitUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FormHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AreaId = table.Column<int>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    HasNews = table.Column<bool>(type: "INTEGER", nullable: false),
                    Place = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Reward = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RewardPoints = table.Column<int>(type: "INTEGER", nullable: false),
                    ProposedBy = table.Column<int>(type: "INTEGER", nullable: true),
                    ApprovedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    VoucherId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tips", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Tips_Areas_AreaId",
                        column: x => x.AreaId,
                        principalTable: "Areas",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Tips_Vouchers_VoucherId",
                        column: x => x.VoucherId,
                        principalTable: "Vouchers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CasePhotos",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EventId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CasePhotos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CasePhotos_CaseEvents_EventId",
                        column: x => x.EventId,
                        principalTable: "CaseEvents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ShiftSignUps",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ShiftId = table.Column<int>(type: "INTEGER", nullable: false),
                    MemberId = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Served = table.Column<int>(type: "INTEGER", nullable: true),
                    Rank = table.Column<int>(type: "INTEGER", nullable: true),
                    Seat = table.Column<int>(type: "INTEGER", nullable: true),
                    CheckedInAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CheckedInBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Way = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Late = table.Column<bool>(type: "INTEGER", nullable: false),
                    WrongCodes = table.Column<int>(type: "INTEGER", nullable: false),
                    Attended = table.Column<bool>(type: "INTEGER", nullable: true),
                    ReportId = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ShiftSignUps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ShiftSignUps_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ShiftSignUps_Shifts_ShiftId",
                        column: x => x.ShiftId,
                        principalTable: "Shifts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ShiftSignUps_TaskReports_ReportId",
                        column: x => x.ReportId,
                        principalTable: "TaskReports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LoopPhotos",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StepId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Bytes = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LoopPhotos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LoopPhotos_LoopSteps_StepId",
                        column: x => x.StepId,
                        principalTable: "LoopSteps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TipEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TipId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Step = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TipEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TipEvents_Tips_TipId",
                        column: x => x.TipId,
                        principalTable: "Tips",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TipMessages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TipId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    FromDesk = table.Column<bool>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Text = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TipMessages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TipMessages_Tips_TipId",
                        column: x => x.TipId,
                        principalTable: "Tips",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "RouteSteps",
                columns: new[] { "Kind", "Matter", "Position", "Days", "Level" },
                values: new object[,]
                {
                    { "", "Case", 0, 3, "GridManager" },
                    { "", "Case", 1, 3, "GridChief" },
                    { "dispute", "Case", 0, 3, "GridManager" },
                    { "dispute", "Case", 1, 3, "GridChief" },
                    { "hazard", "Case", 0, 3, "GridManager" },
                    { "hazard", "Case", 1, 3, "Coordinator" },
                    { "hazard", "Case", 2, 3, "GridChief" },
                    { "lead", "Case", 0, 3, "GridManager" },
                    { "lead", "Case", 1, 3, "GridChief" },
                    { "", "Report", 0, 3, "GridManager" },
                    { "", "Report", 1, 3, "GridChief" },
                    { "capture", "Report", 0, 1, "GridManager" },
                    { "capture", "Report", 1, 2, "GridChief" },
                    { "care", "Report", 0, 2, "GridManager" },
                    { "care", "Report", 1, 3, "GridChief" },
                    { "clue", "Report", 0, 1, "GridManager" },
                    { "clue", "Report", 1, 2, "GridChief" },
                    { "dispute", "Report", 0, 2, "GridManager" },
                    { "dispute", "Report", 1, 3, "GridChief" },
                    { "hazard-fixed", "Report", 0, 2, "GridManager" },
                    { "hazard-fixed", "Report", 1, 3, "Coordinator" },
                    { "hazard-fixed", "Report", 2, 3, "GridChief" },
                    { "hazard-found", "Report", 0, 2, "GridManager" },
                    { "hazard-found", "Report", 1, 3, "Coordinator" },
                    { "hazard-found", "Report", 2, 3, "GridChief" },
                    { "incident", "Report", 0, 1, "GridManager" },
                    { "incident", "Report", 1, 2, "GridChief" },
                    { "opinion", "Report", 0, 3, "Coordinator" },
                    { "opinion", "Report", 1, 3, "GridChief" },
                    { "patrol", "Report", 0, 3, "GridManager" },
                    { "patrol", "Report", 1, 3, "GridChief" },
                    { "post", "Report", 0, 3, "GridManager" },
                    { "post", "Report", 1, 3, "GridChief" },
                    { "publicity", "Report", 0, 3, "GridManager" },
                    { "publicity", "Report", 1, 3, "GridChief" },
                    { "service", "Report", 0, 2, "GridManager" },
                    { "service", "Report", 1, 3, "GridChief" },
                    { "training", "Report", 0, 3, "GridManager" },
                    { "training", "Report", 1, 3, "GridChief" }
                });

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_AreaId_Outcome_FiledAt",
                table: "TaskReports",
                columns: new[] { "AreaId", "Outcome", "FiledAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_Category_FiledAt_AreaId",
                table: "TaskReports",
                columns: new[] { "Category", "FiledAt", "AreaId" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_FiledAt_AreaId",
                table: "TaskReports",
                columns: new[] { "FiledAt", "AreaId" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_Outcome_Category_FiledAt_AreaId",
                table: "TaskReports",
                columns: new[] { "Outcome", "Category", "FiledAt", "AreaId" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_Outcome_FiledAt_AreaId",
                table: "TaskReports",
                columns: new[] { "Outcome", "FiledAt", "AreaId" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_Outcome_HappenedDay_FiledAt_AreaId",
                table: "TaskReports",
                columns: new[] { "Outcome", "HappenedDay", "FiledAt", "AreaId" });

            migrationBuilder.CreateIndex(
                name: "IX_Redemptions_VoucherId_HappenedAt",
                table: "Redemptions",
                columns: new[] { "VoucherId", "HappenedAt" });

            migrationBuilder.AddCheckConstraint(
                name: "CK_Redemptions_OneOwner",
                table: "Redemptions",
                sql: "(\"MemberId\" IS NULL AND \"VoucherId\" IS NOT NULL) OR (\"MemberId\" IS NOT NULL AND \"VoucherId\" IS NULL)");

            migrationBuilder.CreateIndex(
                name: "IX_KioskSessions_VoucherId",
                table: "KioskSessions",
                column: "VoucherId");

            migrationBuilder.AddCheckConstraint(
                name: "CK_KioskSessions_OneOwner",
                table: "KioskSessions",
                sql: "(\"MemberId\" IS NULL AND \"VoucherId\" IS NOT NULL) OR (\"MemberId\" IS NOT NULL AND \"VoucherId\" IS NULL)");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_OfferedToId",
                table: "Cases",
                column: "OfferedToId");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_State_OpenedAt",
                table: "Cases",
                columns: new[] { "State", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseEvents_CaseId_Id",
                table: "CaseEvents",
                columns: new[] { "CaseId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CaseEvents_ClaimId",
                table: "CaseEvents",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_CasePhotos_EventId_Number",
                table: "CasePhotos",
                columns: new[] { "EventId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClaimHandOvers_ClaimId",
                table: "ClaimHandOvers",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimHandOvers_FromId",
                table: "ClaimHandOvers",
                column: "FromId");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimHandOvers_OneOpen",
                table: "ClaimHandOvers",
                column: "ClaimId",
                unique: true,
                filter: "\"State\" IN ('Offered', 'Signed')");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimHandOvers_ToId",
                table: "ClaimHandOvers",
                column: "ToId");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimMembers_ClaimId_MemberId",
                table: "ClaimMembers",
                columns: new[] { "ClaimId", "MemberId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ClaimMembers_MemberId",
                table: "ClaimMembers",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_CaseId",
                table: "Claims",
                column: "CaseId");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_OneLive",
                table: "Claims",
                column: "CaseId",
                unique: true,
                filter: "\"State\" IN ('Asked', 'Held', 'Submitted')");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_OneReward",
                table: "Claims",
                columns: new[] { "CaseId", "Round" },
                unique: true,
                filter: "\"State\" = 'Settled'");

            migrationBuilder.CreateIndex(
                name: "IX_Claims_State_DueAt",
                table: "Claims",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Duties_AreaId",
                table: "Duties",
                column: "AreaId");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessages_MemberId_ReadAt",
                table: "InboxMessages",
                columns: new[] { "MemberId", "ReadAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessages_ReadAt",
                table: "InboxMessages",
                column: "ReadAt");

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessages_UserId_ReadAt",
                table: "InboxMessages",
                columns: new[] { "UserId", "ReadAt" });

            migrationBuilder.CreateIndex(
                name: "IX_LoopPhotos_StepId_Number",
                table: "LoopPhotos",
                columns: new[] { "StepId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LoopReminders_LoopId_Step_Kind",
                table: "LoopReminders",
                columns: new[] { "LoopId", "Step", "Kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Loops_AreaId",
                table: "Loops",
                column: "AreaId");

            migrationBuilder.CreateIndex(
                name: "IX_Loops_DueDay",
                table: "Loops",
                column: "DueDay");

            migrationBuilder.CreateIndex(
                name: "IX_Loops_FoundById",
                table: "Loops",
                column: "FoundById");

            migrationBuilder.CreateIndex(
                name: "IX_Loops_Kind_State",
                table: "Loops",
                columns: new[] { "Kind", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Loops_OpenedBy_ClientKey",
                table: "Loops",
                columns: new[] { "OpenedBy", "ClientKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Loops_OwnerMemberId",
                table: "Loops",
                column: "OwnerMemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Loops_OwnerUserId",
                table: "Loops",
                column: "OwnerUserId");

            migrationBuilder.CreateIndex(
                name: "IX_Loops_Reference",
                table: "Loops",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Loops_ReportId",
                table: "Loops",
                column: "ReportId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LoopSteps_LoopId_Number",
                table: "LoopSteps",
                columns: new[] { "LoopId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LoopSteps_ReportId",
                table: "LoopSteps",
                column: "ReportId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LoopSteps_WhoMemberId",
                table: "LoopSteps",
                column: "WhoMemberId");

            migrationBuilder.CreateIndex(
                name: "IX_LoopSteps_WhoUserId",
                table: "LoopSteps",
                column: "WhoUserId");

            migrationBuilder.CreateIndex(
                name: "IX_Mediators_AreaId_Type",
                table: "Mediators",
                columns: new[] { "AreaId", "Type" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Mediators_MemberId",
                table: "Mediators",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_RuleProposals_Category_From",
                table: "RuleProposals",
                columns: new[] { "Category", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_RuleProposals_State_Category",
                table: "RuleProposals",
                columns: new[] { "State", "Category" });

            migrationBuilder.CreateIndex(
                name: "IX_Shifts_AreaId",
                table: "Shifts",
                column: "AreaId");

            migrationBuilder.CreateIndex(
                name: "IX_Shifts_DutyId_Day",
                table: "Shifts",
                columns: new[] { "DutyId", "Day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Shifts_LeaderId",
                table: "Shifts",
                column: "LeaderId");

            migrationBuilder.CreateIndex(
                name: "IX_Shifts_StartsAt",
                table: "Shifts",
                column: "StartsAt");

            migrationBuilder.CreateIndex(
                name: "IX_Shifts_State_DrawAt",
                table: "Shifts",
                columns: new[] { "State", "DrawAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ShiftSignUps_MemberId",
                table: "ShiftSignUps",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_ShiftSignUps_ReportId",
                table: "ShiftSignUps",
                column: "ReportId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ShiftSignUps_ShiftId_MemberId",
                table: "ShiftSignUps",
                columns: new[] { "ShiftId", "MemberId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ShiftSignUps_ShiftId_Seat",
                table: "ShiftSignUps",
                columns: new[] { "ShiftId", "Seat" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TipBatches_BookId_Week",
                table: "TipBatches",
                columns: new[] { "BookId", "Week" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TipEvents_Day",
                table: "TipEvents",
                column: "Day");

            migrationBuilder.CreateIndex(
                name: "IX_TipEvents_TipId_Id",
                table: "TipEvents",
                columns: new[] { "TipId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_TipMessages_TipId_Position",
                table: "TipMessages",
                columns: new[] { "TipId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tips_AreaId_Day",
                table: "Tips",
                columns: new[] { "AreaId", "Day" });

            migrationBuilder.CreateIndex(
                name: "IX_Tips_CodeHash",
                table: "Tips",
                column: "CodeHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tips_FormHash",
                table: "Tips",
                column: "FormHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tips_Reference",
                table: "Tips",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Tips_Reward",
                table: "Tips",
                column: "Reward");

            migrationBuilder.CreateIndex(
                name: "IX_Tips_VoucherId",
                table: "Tips",
                column: "VoucherId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnsealEvents_At",
                table: "UnsealEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_UnsealEvents_RequestId",
                table: "UnsealEvents",
                column: "RequestId");

            migrationBuilder.CreateIndex(
                name: "IX_UnsealRequests_MemberId",
                table: "UnsealRequests",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_UnsealRequests_State_AskedAt",
                table: "UnsealRequests",
                columns: new[] { "State", "AskedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Vouchers_BookId",
                table: "Vouchers",
                column: "BookId");

            migrationBuilder.CreateIndex(
                name: "IX_Vouchers_Code",
                table: "Vouchers",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Vouchers_Mark",
                table: "Vouchers",
                column: "Mark",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Cases_Areas_OfferedToId",
                table: "Cases",
                column: "OfferedToId",
                principalTable: "Areas",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_KioskSessions_Vouchers_VoucherId",
                table: "KioskSessions",
                column: "VoucherId",
                principalTable: "Vouchers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Redemptions_Vouchers_VoucherId",
                table: "Redemptions",
                column: "VoucherId",
                principalTable: "Vouchers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Cases_Areas_OfferedToId",
                table: "Cases");

            migrationBuilder.DropForeignKey(
                name: "FK_KioskSessions_Vouchers_VoucherId",
                table: "KioskSessions");

            migrationBuilder.DropForeignKey(
                name: "FK_Redemptions_Vouchers_VoucherId",
                table: "Redemptions");

            migrationBuilder.DropTable(
                name: "CasePhotos");

            migrationBuilder.DropTable(
                name: "CaseSeals");

            migrationBuilder.DropTable(
                name: "ClaimHandOvers");

            migrationBuilder.DropTable(
                name: "ClaimMembers");

            migrationBuilder.DropTable(
                name: "Climbs");

            migrationBuilder.DropTable(
                name: "InboxMessages");

            migrationBuilder.DropTable(
                name: "LoopPhotos");

            migrationBuilder.DropTable(
                name: "LoopReminders");

            migrationBuilder.DropTable(
                name: "Mediators");

            migrationBuilder.DropTable(
                name: "RouteSteps");

            migrationBuilder.DropTable(
                name: "RuleProposals");

            migrationBuilder.DropTable(
                name: "SealedIdentities");

            migrationBuilder.DropTable(
                name: "ShiftSignUps");

            migrationBuilder.DropTable(
                name: "TipBatches");

            migrationBuilder.DropTable(
                name: "TipEvents");

            migrationBuilder.DropTable(
                name: "TipMessages");

            migrationBuilder.DropTable(
                name: "UnsealEvents");

            migrationBuilder.DropTable(
                name: "CaseEvents");

            migrationBuilder.DropTable(
                name: "LoopSteps");

            migrationBuilder.DropTable(
                name: "Shifts");

            migrationBuilder.DropTable(
                name: "Tips");

            migrationBuilder.DropTable(
                name: "UnsealRequests");

            migrationBuilder.DropTable(
                name: "Claims");

            migrationBuilder.DropTable(
                name: "Loops");

            migrationBuilder.DropTable(
                name: "Duties");

            migrationBuilder.DropTable(
                name: "Vouchers");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_AreaId_Outcome_FiledAt",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_Category_FiledAt_AreaId",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_FiledAt_AreaId",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_Outcome_Category_FiledAt_AreaId",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_Outcome_FiledAt_AreaId",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_Outcome_HappenedDay_FiledAt_AreaId",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_Redemptions_VoucherId_HappenedAt",
                table: "Redemptions");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Redemptions_OneOwner",
                table: "Redemptions");

            migrationBuilder.DropIndex(
                name: "IX_KioskSessions_VoucherId",
                table: "KioskSessions");

            migrationBuilder.DropCheckConstraint(
                name: "CK_KioskSessions_OneOwner",
                table: "KioskSessions");

            migrationBuilder.DropIndex(
                name: "IX_Cases_OfferedToId",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_State_OpenedAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "VoucherId",
                table: "Redemptions");

            migrationBuilder.DropColumn(
                name: "OffLeaderboard",
                table: "Members");

            migrationBuilder.DropColumn(
                name: "VoucherId",
                table: "KioskSessions");

            migrationBuilder.DropColumn(
                name: "VoucherFailures",
                table: "KioskDevices");

            migrationBuilder.DropColumn(
                name: "VoucherWaitUntil",
                table: "KioskDevices");

            migrationBuilder.DropColumn(
                name: "ClaimBy",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "OfferedToId",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "PostedBy",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "RevisitAskedAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "RevisitedAt",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Round",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Satisfied",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "Wanted",
                table: "Cases");

            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "Redemptions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "KioskSessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_AreaId",
                table: "TaskReports",
                column: "AreaId");

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_Outcome_FiledAt",
                table: "TaskReports",
                columns: new[] { "Outcome", "FiledAt" });
        }
    }
}
