using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PointsMarket.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AcrossMonths : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "PaymentId",
                table: "FollowUps",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "FundProposals",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FundId = table.Column<int>(type: "integer", nullable: false),
                    Before = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Purposes = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ProposedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ProposedBy = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Answer = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
        }
    }
}
