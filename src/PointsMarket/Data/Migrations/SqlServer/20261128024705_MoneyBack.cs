using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PointsMarket.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class MoneyBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ClaimBack",
                table: "PaymentLines",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ReversalId",
                table: "PaymentLines",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReturnedFen",
                table: "FundMovements",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "MoneyFen",
                table: "Claims",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "FundId",
                table: "Cases",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MoneyFen",
                table: "Cases",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "CaseMoney",
                columns: table => new
                {
                    CaseId = table.Column<int>(type: "int", nullable: false),
                    Round = table.Column<int>(type: "int", nullable: false),
                    PaymentId = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseMoney", x => new { x.CaseId, x.Round });
                    table.ForeignKey(
                        name: "FK_CaseMoney_Cases_CaseId",
                        column: x => x.CaseId,
                        principalTable: "Cases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CaseMoney_Payments_PaymentId",
                        column: x => x.PaymentId,
                        principalTable: "Payments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentFiles",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PaymentId = table.Column<int>(type: "int", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    FileName = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Photo = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    Bytes = table.Column<int>(type: "int", nullable: false),
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    AddedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AddedBy = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentFiles", x => x.Id);
                    table.CheckConstraint("CK_PaymentFiles_Number", "\"Number\" BETWEEN 1 AND 6");
                    table.CheckConstraint("CK_PaymentFiles_OneKind", "(\"Photo\" IS NULL AND \"Kind\" IS NOT NULL) OR (\"Photo\" IS NOT NULL AND \"Kind\" IS NULL)");
                    table.ForeignKey(
                        name: "FK_PaymentFiles_Payments_PaymentId",
                        column: x => x.PaymentId,
                        principalTable: "Payments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PaymentReversals",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PaymentId = table.Column<int>(type: "int", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: true),
                    AmountFen = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ApproversNeeded = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    AskedBy = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    EndedBy = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    EndReason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Sequence = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaymentReversals", x => x.Id);
                    table.CheckConstraint("CK_PaymentReversals_Amount", "\"AmountFen\" > 0");
                    table.CheckConstraint("CK_PaymentReversals_Ladder", "\"ApproversNeeded\" IN (1, 2)");
                    table.CheckConstraint("CK_PaymentReversals_TwoPeople", "\"State\" <> 'Done' OR \"EndedBy\" <> \"AskedBy\"");
                    table.ForeignKey(
                        name: "FK_PaymentReversals_Payments_PaymentId",
                        column: x => x.PaymentId,
                        principalTable: "Payments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReversalApprovals",
                columns: table => new
                {
                    ReversalId = table.Column<int>(type: "int", nullable: false),
                    By = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReversalApprovals", x => new { x.ReversalId, x.By });
                    table.ForeignKey(
                        name: "FK_ReversalApprovals_PaymentReversals_ReversalId",
                        column: x => x.ReversalId,
                        principalTable: "PaymentReversals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentLines_ReversalId",
                table: "PaymentLines",
                column: "ReversalId");

            migrationBuilder.AddCheckConstraint(
                name: "CK_FundMovements_Returned",
                table: "FundMovements",
                sql: "\"ReturnedFen\" >= 0 AND \"ReturnedFen\" <= \"AmountFen\"");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_FundId",
                table: "Cases",
                column: "FundId");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Cases_Money",
                table: "Cases",
                sql: "(\"FundId\" IS NULL AND \"MoneyFen\" = 0) OR (\"FundId\" IS NOT NULL AND \"MoneyFen\" > 0)");

            migrationBuilder.CreateIndex(
                name: "IX_CaseMoney_PaymentId",
                table: "CaseMoney",
                column: "PaymentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentFiles_PaymentId_Number",
                table: "PaymentFiles",
                columns: new[] { "PaymentId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PaymentReversals_OneWaits",
                table: "PaymentReversals",
                column: "PaymentId",
                unique: true,
                filter: "\"State\" = 'Asked'");

            migrationBuilder.CreateIndex(
                name: "IX_PaymentReversals_PaymentId",
                table: "PaymentReversals",
                column: "PaymentId");

            migrationBuilder.AddForeignKey(
                name: "FK_Cases_Funds_FundId",
                table: "Cases",
                column: "FundId",
                principalTable: "Funds",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_PaymentLines_PaymentReversals_ReversalId",
                table: "PaymentLines",
                column: "ReversalId",
                principalTable: "PaymentReversals",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Cases_Funds_FundId",
                table: "Cases");

            migrationBuilder.DropForeignKey(
                name: "FK_PaymentLines_PaymentReversals_ReversalId",
                table: "PaymentLines");

            migrationBuilder.DropTable(
                name: "CaseMoney");

            migrationBuilder.DropTable(
                name: "PaymentFiles");

            migrationBuilder.DropTable(
                name: "ReversalApprovals");

            migrationBuilder.DropTable(
                name: "PaymentReversals");

            migrationBuilder.DropIndex(
                name: "IX_PaymentLines_ReversalId",
                table: "PaymentLines");

            migrationBuilder.DropCheckConstraint(
                name: "CK_FundMovements_Returned",
                table: "FundMovements");

            migrationBuilder.DropIndex(
                name: "IX_Cases_FundId",
                table: "Cases");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Cases_Money",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "ClaimBack",
                table: "PaymentLines");

            migrationBuilder.DropColumn(
                name: "ReversalId",
                table: "PaymentLines");

            migrationBuilder.DropColumn(
                name: "ReturnedFen",
                table: "FundMovements");

            migrationBuilder.DropColumn(
                name: "MoneyFen",
                table: "Claims");

            migrationBuilder.DropColumn(
                name: "FundId",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "MoneyFen",
                table: "Cases");
        }
    }
}
