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
        }
    }
}
