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
                name: "IX_TaskReports_Outcome_FiledAt",
                table: "TaskReports");

            migrationBuilder.DropIndex(
                name: "IX_TaskReports_AreaId",
                table: "TaskReports");

            migrationBuilder.AddColumn<bool>(
                name: "OffLeaderboard",
                table: "Members",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

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
                name: "IX_RuleProposals_Category_From",
                table: "RuleProposals",
                columns: new[] { "Category", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_RuleProposals_State_Category",
                table: "RuleProposals",
                columns: new[] { "State", "Category" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Climbs");

            migrationBuilder.DropTable(
                name: "InboxMessages");

            migrationBuilder.DropTable(
                name: "RouteSteps");

            migrationBuilder.DropTable(
                name: "RuleProposals");

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

            migrationBuilder.DropColumn(
                name: "OffLeaderboard",
                table: "Members");

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_Outcome_FiledAt",
                table: "TaskReports",
                columns: new[] { "Outcome", "FiledAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TaskReports_AreaId",
                table: "TaskReports",
                column: "AreaId");
        }
    }
}
