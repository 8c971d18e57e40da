using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PointsMarket.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TwoHands : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AwardObjections_CycleId_MemberId",
                table: "AwardObjections");

            migrationBuilder.DropIndex(
                name: "IX_AssessmentObjections_AssessmentId_MemberId",
                table: "AssessmentObjections");

            migrationBuilder.AddColumn<int>(
                name: "Round",
                table: "AwardObjections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "Dropped",
                table: "AwardNominees",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Round",
                table: "AssessmentObjections",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "EarlierMinutes",
                columns: table => new
                {
                    MeetingId = table.Column<int>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    HeldOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Notes = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    WrittenBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarlierMinutes", x => new { x.MeetingId, x.Number });
                    table.ForeignKey(
                        name: "FK_EarlierMinutes_Meetings_MeetingId",
                        column: x => x.MeetingId,
                        principalTable: "Meetings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AwardObjections_CycleId_MemberId_Round",
                table: "AwardObjections",
                columns: new[] { "CycleId", "MemberId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentObjections_AssessmentId_MemberId_Round",
                table: "AssessmentObjections",
                columns: new[] { "AssessmentId", "MemberId", "Round" },
                unique: true);

            migrationBuilder.AddColumn<int>(
                name: "PaymentId",
                table: "FollowUps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "FundProposals",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FundId = table.Column<int>(type: "INTEGER", nullable: false),
                    Before = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Purposes = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
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
                    table.PrimaryKey("PK_FundProposals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FundProposals_Funds_FundId",
                        column: x => x.FundId,
                        principalTable: "Funds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_FollowUps_PaymentId",
                table: "FollowUps",
                column: "PaymentId");

            migrationBuilder.CreateIndex(
                name: "IX_FundProposals_FundId_State",
                table: "FundProposals",
                columns: new[] { "FundId", "State" });

            migrationBuilder.AddForeignKey(
                name: "FK_FollowUps_Payments_PaymentId",
                table: "FollowUps",
                column: "PaymentId",
                principalTable: "Payments",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddColumn<string>(
                name: "Move",
                table: "SupermarketCards",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ValueFen",
                table: "DeliveryLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "SecondSignatures",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    OutletId = table.Column<int>(type: "INTEGER", nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Open = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SecondSignatures", x => x.Id);
                    table.CheckConstraint("CK_SecondSignatures_TwoPeople", "\"State\" = 'Waiting' OR (\"DecidedBy\" IS NOT NULL AND \"DecidedBy\" <> \"AskedBy\")");
                    table.ForeignKey(
                        name: "FK_SecondSignatures_Outlets_OutletId",
                        column: x => x.OutletId,
                        principalTable: "Outlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            PointsMarket.Sponsors.DeliveryRows.FillValues(migrationBuilder);
            PointsMarket.Sponsors.DeliveryRows.OpenTakenBack(migrationBuilder);

            migrationBuilder.CreateIndex(
                name: "IX_SupermarketCards_Move",
                table: "SupermarketCards",
                column: "Move");

            migrationBuilder.CreateIndex(
                name: "IX_SecondSignatures_Open",
                table: "SecondSignatures",
                column: "Open",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SecondSignatures_OutletId",
                table: "SecondSignatures",
                column: "OutletId");

            migrationBuilder.CreateIndex(
                name: "IX_SecondSignatures_State_AskedAt",
                table: "SecondSignatures",
                columns: new[] { "State", "AskedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SecondSignatures");

            migrationBuilder.DropIndex(
                name: "IX_SupermarketCards_Move",
                table: "SupermarketCards");

            migrationBuilder.DropColumn(
                name: "Move",
                table: "SupermarketCards");

            migrationBuilder.DropColumn(
                name: "ValueFen",
                table: "DeliveryLines");

            migrationBuilder.DropForeignKey(
                name: "FK_FollowUps_Payments_PaymentId",
                table: "FollowUps");

            migrationBuilder.DropTable(
                name: "FundProposals");

            migrationBuilder.DropIndex(
                name: "IX_FollowUps_PaymentId",
                table: "FollowUps");

            migrationBuilder.DropColumn(
                name: "PaymentId",
                table: "FollowUps");

            migrationBuilder.DropTable(
                name: "EarlierMinutes");

            migrationBuilder.DropIndex(
                name: "IX_AwardObjections_CycleId_MemberId_Round",
                table: "AwardObjections");

            migrationBuilder.DropIndex(
                name: "IX_AssessmentObjections_AssessmentId_MemberId_Round",
                table: "AssessmentObjections");

            migrationBuilder.DropColumn(
                name: "Round",
                table: "AwardObjections");

            migrationBuilder.DropColumn(
                name: "Dropped",
                table: "AwardNominees");

            migrationBuilder.DropColumn(
                name: "Round",
                table: "AssessmentObjections");

            migrationBuilder.CreateIndex(
                name: "IX_AwardObjections_CycleId_MemberId",
                table: "AwardObjections",
                columns: new[] { "CycleId", "MemberId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AssessmentObjections_AssessmentId_MemberId",
                table: "AssessmentObjections",
                columns: new[] { "AssessmentId", "MemberId" },
                unique: true);
        }
    }
}
