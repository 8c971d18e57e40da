using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PointsMarket.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CardsInCounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Scanned",
                table: "StocktakeLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "FollowUpCards",
                columns: table => new
                {
                    FollowUpId = table.Column<int>(type: "INTEGER", nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Sighting = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FollowUpCards", x => new { x.FollowUpId, x.Serial });
                    table.ForeignKey(
                        name: "FK_FollowUpCards_FollowUps_FollowUpId",
                        column: x => x.FollowUpId,
                        principalTable: "FollowUps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PastReopenings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ClosingId = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    EndedBy = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PastReopenings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PastReopenings_MonthClosings_ClosingId",
                        column: x => x.ClosingId,
                        principalTable: "MonthClosings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StocktakeCards",
                columns: table => new
                {
                    StocktakeId = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Serial = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Sighting = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StocktakeCards", x => new { x.StocktakeId, x.Position, x.Serial });
                    table.ForeignKey(
                        name: "FK_StocktakeCards_StocktakeLines_StocktakeId_Position",
                        columns: x => new { x.StocktakeId, x.Position },
                        principalTable: "StocktakeLines",
                        principalColumns: new[] { "StocktakeId", "Position" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PastReopenings_ClosingId",
                table: "PastReopenings",
                column: "ClosingId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FollowUpCards");

            migrationBuilder.DropTable(
                name: "PastReopenings");

            migrationBuilder.DropTable(
                name: "StocktakeCards");

            migrationBuilder.DropColumn(
                name: "Scanned",
                table: "StocktakeLines");
        }
    }
}
