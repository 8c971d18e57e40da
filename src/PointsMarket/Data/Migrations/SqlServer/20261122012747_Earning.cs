using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PointsMarket.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Earning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "Redemptions",
                type: "int",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "int");

            migrationBuilder.AddColumn<int>(
                name: "VoucherId",
                table: "Redemptions",
                type: "int",
                nullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "KioskSessions",
                type: "int",
                nullable: true,
                oldClrType: typeof(int),
                oldType: "int");

            migrationBuilder.AddColumn<int>(
                name: "VoucherId",
                table: "KioskSessions",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "VoucherFailures",
                table: "KioskDevices",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "VoucherWaitUntil",
                table: "KioskDevices",
                type: "datetime2",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "InboxMessages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    MemberId = table.Column<int>(type: "int", nullable: true),
                    UserId = table.Column<int>(type: "int", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Href = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ReadAt = table.Column<DateTime>(type: "datetime2", nullable: true)
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
                name: "SealedIdentities",
                columns: table => new
                {
                    MemberId = table.Column<int>(type: "int", nullable: false),
                    Name = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
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
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    BookId = table.Column<int>(type: "int", nullable: false),
                    Week = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Vouchers = table.Column<int>(type: "int", nullable: false),
                    Points = table.Column<int>(type: "int", nullable: false)
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
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    MemberId = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    AskedBy = table.Column<int>(type: "int", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    DecidedBy = table.Column<int>(type: "int", nullable: true),
                    OpenUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ShownToAsker = table.Column<bool>(type: "bit", nullable: false),
                    ShownToDecider = table.Column<bool>(type: "bit", nullable: false)
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
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Code = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    BookId = table.Column<int>(type: "int", nullable: false),
                    Mark = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Number = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    Points = table.Column<int>(type: "int", nullable: false),
                    Granted = table.Column<DateOnly>(type: "date", nullable: false)
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
                name: "UnsealEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    RequestId = table.Column<int>(type: "int", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Actor = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Step = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Reference = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    CodeHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    PinHash = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    PinFailures = table.Column<int>(type: "int", nullable: false),
                    PinWaitUntil = table.Column<DateTime>(type: "datetime2", nullable: true),
                    FormHash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    AreaId = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    HasNews = table.Column<bool>(type: "bit", nullable: false),
                    Place = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    Reward = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    RewardPoints = table.Column<int>(type: "int", nullable: false),
                    ProposedBy = table.Column<int>(type: "int", nullable: true),
                    ApprovedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    VoucherId = table.Column<int>(type: "int", nullable: true)
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
                name: "TipEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TipId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Actor = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Step = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TipId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    FromDesk = table.Column<bool>(type: "bit", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Text = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
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
                name: "IX_InboxMessages_MemberId_ReadAt",
                table: "InboxMessages",
                columns: new[] { "MemberId", "ReadAt" });

            migrationBuilder.CreateIndex(
                name: "IX_InboxMessages_UserId_ReadAt",
                table: "InboxMessages",
                columns: new[] { "UserId", "ReadAt" });

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
                unique: true,
                filter: "[VoucherId] IS NOT NULL");

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
                name: "FK_KioskSessions_Vouchers_VoucherId",
                table: "KioskSessions");

            migrationBuilder.DropForeignKey(
                name: "FK_Redemptions_Vouchers_VoucherId",
                table: "Redemptions");

            migrationBuilder.DropTable(
                name: "InboxMessages");

            migrationBuilder.DropTable(
                name: "SealedIdentities");

            migrationBuilder.DropTable(
                name: "TipBatches");

            migrationBuilder.DropTable(
                name: "TipEvents");

            migrationBuilder.DropTable(
                name: "TipMessages");

            migrationBuilder.DropTable(
                name: "UnsealEvents");

            migrationBuilder.DropTable(
                name: "Tips");

            migrationBuilder.DropTable(
                name: "UnsealRequests");

            migrationBuilder.DropTable(
                name: "Vouchers");

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

            migrationBuilder.DropColumn(
                name: "VoucherId",
                table: "Redemptions");

            migrationBuilder.DropColumn(
                name: "VoucherId",
                table: "KioskSessions");

            migrationBuilder.DropColumn(
                name: "VoucherFailures",
                table: "KioskDevices");

            migrationBuilder.DropColumn(
                name: "VoucherWaitUntil",
                table: "KioskDevices");

            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "Redemptions",
                type: "int",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);

            migrationBuilder.AlterColumn<int>(
                name: "MemberId",
                table: "KioskSessions",
                type: "int",
                nullable: false,
                defaultValue: 0,
                oldClrType: typeof(int),
                oldType: "int",
                oldNullable: true);
        }
    }
}
