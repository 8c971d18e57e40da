using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PointsMarket.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Rounds : Migration
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
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "Dropped",
                table: "AwardNominees",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Round",
                table: "AssessmentObjections",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "EarlierMinutes",
                columns: table => new
                {
                    MeetingId = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    HeldOn = table.Column<DateOnly>(type: "date", nullable: false),
                    Title = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Notes = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    WrittenBy = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    WrittenAt = table.Column<DateTime>(type: "datetime2", nullable: false)
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
