IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
CREATE TABLE [Areas] (
    [Id] int NOT NULL IDENTITY,
    [Code] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [ParentId] int NULL,
    [Path] nvarchar(300) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [BookId] int NOT NULL,
    [Households] int NOT NULL,
    [Residents] int NOT NULL,
    CONSTRAINT [PK_Areas] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Areas_Areas_ParentId] FOREIGN KEY ([ParentId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AspNetRoles] (
    [Id] int NOT NULL IDENTITY,
    [Name] nvarchar(256) NULL,
    [NormalizedName] nvarchar(256) NULL,
    [ConcurrencyStamp] nvarchar(256) NULL,
    CONSTRAINT [PK_AspNetRoles] PRIMARY KEY ([Id])
);

CREATE TABLE [ChangeRecords] (
    [Id] bigint NOT NULL IDENTITY,
    [At] datetime2 NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Action] nvarchar(64) NOT NULL,
    [Subject] nvarchar(64) NOT NULL,
    [Detail] nvarchar(500) NULL,
    CONSTRAINT [PK_ChangeRecords] PRIMARY KEY ([Id])
);

CREATE TABLE [FundMovements] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [BookId] int NOT NULL,
    [Date] date NOT NULL,
    [Fund] nvarchar(40) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [AmountFen] bigint NOT NULL,
    [Note] nvarchar(200) NULL,
    CONSTRAINT [PK_FundMovements] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_FundMovements_Amount] CHECK ("AmountFen" > 0)
);

CREATE TABLE [Goods] (
    [Id] int NOT NULL IDENTITY,
    [Sku] nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [NameZh] nvarchar(60) NOT NULL,
    [NameEn] nvarchar(60) NOT NULL,
    [Unit] nvarchar(10) NOT NULL,
    [Points] int NOT NULL,
    [ValueFen] int NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [LimitPerMemberMonth] int NULL,
    [Section] nvarchar(16) NOT NULL,
    [Picture] nvarchar(32) NOT NULL,
    [Offered] bit NOT NULL,
    CONSTRAINT [PK_Goods] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Goods_Points] CHECK ("Points" > 0)
);

CREATE TABLE [LedgerBooks] (
    [Id] int NOT NULL IDENTITY,
    [Code] nvarchar(40) NOT NULL,
    [Sequence] bigint NOT NULL,
    [Accounts] int NOT NULL,
    [Head] varbinary(32) NOT NULL,
    CONSTRAINT [PK_LedgerBooks] PRIMARY KEY ([Id])
);

CREATE TABLE [ProtectionKeys] (
    [Id] int NOT NULL IDENTITY,
    [Name] nvarchar(256) NOT NULL,
    [Xml] nvarchar(max) NOT NULL,
    CONSTRAINT [PK_ProtectionKeys] PRIMARY KEY ([Id])
);

CREATE TABLE [ScoringRules] (
    [Id] int NOT NULL IDENTITY,
    [Category] nvarchar(32) NOT NULL,
    [From] date NOT NULL,
    [Points] int NOT NULL,
    [ReportsPerDay] int NULL,
    [PointsPerMonth] int NULL,
    [Evidence] nvarchar(32) NOT NULL,
    CONSTRAINT [PK_ScoringRules] PRIMARY KEY ([Id])
);

CREATE TABLE [Sponsors] (
    [Id] int NOT NULL IDENTITY,
    [Code] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    CONSTRAINT [PK_Sponsors] PRIMARY KEY ([Id])
);

CREATE TABLE [WriteReceipts] (
    [Id] uniqueidentifier NOT NULL,
    [At] datetime2 NOT NULL,
    CONSTRAINT [PK_WriteReceipts] PRIMARY KEY ([Id])
);

CREATE TABLE [Cases] (
    [Id] int NOT NULL IDENTITY,
    [Number] nvarchar(40) NOT NULL,
    [Title] nvarchar(200) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [AreaId] int NOT NULL,
    [Reward] int NOT NULL,
    [Days] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [OpenedAt] datetime2 NOT NULL,
    [ApprovedAt] datetime2 NULL,
    [SubmittedAt] datetime2 NULL,
    [ClosedAt] datetime2 NULL,
    CONSTRAINT [PK_Cases] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Cases_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Members] (
    [Id] int NOT NULL IDENTITY,
    [Code] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Number] nvarchar(12) NOT NULL,
    [Name] nvarchar(60) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [AreaId] int NOT NULL,
    [Joined] date NOT NULL,
    [Left] date NULL,
    [CardNumber] nvarchar(13) NULL,
    [PinHash] nvarchar(200) NULL,
    [PinFailures] int NOT NULL,
    [PinWaitUntil] datetime2 NULL,
    [PinLocked] bit NOT NULL,
    CONSTRAINT [PK_Members] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Members_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Outlets] (
    [Id] int NOT NULL IDENTITY,
    [Code] nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    [AreaId] int NOT NULL,
    CONSTRAINT [PK_Outlets] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Outlets_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AspNetRoleClaims] (
    [Id] int NOT NULL IDENTITY,
    [RoleId] int NOT NULL,
    [ClaimType] nvarchar(256) NULL,
    [ClaimValue] nvarchar(256) NULL,
    CONSTRAINT [PK_AspNetRoleClaims] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AspNetRoleClaims_AspNetRoles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [AspNetRoles] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Assessments] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Month] date NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [ShownAt] datetime2 NULL,
    [DraftedBy] nvarchar(64) NOT NULL,
    [PublishedAt] datetime2 NULL,
    [PublishedBy] nvarchar(64) NULL,
    CONSTRAINT [PK_Assessments] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Assessments_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LedgerAccounts] (
    [BookId] int NOT NULL,
    [Number] int NOT NULL,
    [Code] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Asset] nvarchar(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Balance] bigint NOT NULL,
    [Version] bigint NOT NULL,
    [Floor] bigint NULL,
    CONSTRAINT [PK_LedgerAccounts] PRIMARY KEY ([BookId], [Number]),
    CONSTRAINT [CK_LedgerAccounts_Floor] CHECK ("Floor" IS NULL OR "Balance" >= "Floor"),
    CONSTRAINT [FK_LedgerAccounts_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LedgerTransactions] (
    [BookId] int NOT NULL,
    [Sequence] bigint NOT NULL,
    [Key] nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Subject] nvarchar(64) NOT NULL,
    [HappenedAt] bigint NOT NULL,
    [RecordedAt] bigint NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Reason] nvarchar(256) NULL,
    [RelatedSequence] bigint NULL,
    [Relation] nvarchar(16) NULL,
    [ContentHash] varbinary(32) NOT NULL,
    [Hash] varbinary(32) NOT NULL,
    CONSTRAINT [PK_LedgerTransactions] PRIMARY KEY ([BookId], [Sequence]),
    CONSTRAINT [FK_LedgerTransactions_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Reconciliations] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Month] date NOT NULL,
    [RunAt] datetime2 NOT NULL,
    [RunBy] nvarchar(64) NOT NULL,
    [Sources] nvarchar(64) NOT NULL,
    [BankLines] int NOT NULL,
    [Movements] int NOT NULL,
    [Matched] int NOT NULL,
    [Shelves] int NOT NULL,
    [Transactions] bigint NOT NULL,
    [CashFen] bigint NOT NULL,
    [GoodsFen] bigint NOT NULL,
    [CardsFen] bigint NOT NULL,
    [PointsOutstanding] bigint NOT NULL,
    [PointValueFen] int NOT NULL,
    CONSTRAINT [PK_Reconciliations] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Reconciliations_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AspNetUsers] (
    [Id] int NOT NULL IDENTITY,
    [DisplayName] nvarchar(60) NOT NULL,
    [AreaId] int NULL,
    [MemberId] int NULL,
    [SponsorId] int NULL,
    [PasswordIsOneTime] bit NOT NULL,
    [TwoStepUsed] bigint NOT NULL,
    [CreatedAt] datetime2 NOT NULL,
    [UserName] nvarchar(256) NULL,
    [NormalizedUserName] nvarchar(256) NULL,
    [Email] nvarchar(256) NULL,
    [NormalizedEmail] nvarchar(256) NULL,
    [EmailConfirmed] bit NOT NULL,
    [PasswordHash] nvarchar(256) NULL,
    [SecurityStamp] nvarchar(256) NULL,
    [ConcurrencyStamp] nvarchar(256) NULL,
    [PhoneNumber] nvarchar(256) NULL,
    [PhoneNumberConfirmed] bit NOT NULL,
    [TwoFactorEnabled] bit NOT NULL,
    [LockoutEnd] datetimeoffset NULL,
    [LockoutEnabled] bit NOT NULL,
    [AccessFailedCount] int NOT NULL,
    CONSTRAINT [PK_AspNetUsers] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AspNetUsers_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AspNetUsers_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AspNetUsers_Sponsors_SponsorId] FOREIGN KEY ([SponsorId]) REFERENCES [Sponsors] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ClaimShares] (
    [CaseId] int NOT NULL,
    [Position] int NOT NULL,
    [MemberId] int NOT NULL,
    [Share] int NOT NULL,
    CONSTRAINT [PK_ClaimShares] PRIMARY KEY ([CaseId], [Position]),
    CONSTRAINT [CK_ClaimShares_Share] CHECK ("Share" BETWEEN 1 AND 100),
    CONSTRAINT [FK_ClaimShares_Cases_CaseId] FOREIGN KEY ([CaseId]) REFERENCES [Cases] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_ClaimShares_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Evaluations] (
    [Id] int NOT NULL IDENTITY,
    [Month] date NOT NULL,
    [RaterId] int NOT NULL,
    [MemberId] int NOT NULL,
    [Reporting] int NOT NULL,
    [Mediation] int NOT NULL,
    [Order] int NOT NULL,
    [Duty] int NOT NULL,
    [Feedback] int NOT NULL,
    [Manner] int NOT NULL,
    CONSTRAINT [PK_Evaluations] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Evaluations_Marks] CHECK ("Reporting" BETWEEN 1 AND 5 AND "Mediation" BETWEEN 1 AND 5 AND "Order" BETWEEN 1 AND 5 AND "Duty" BETWEEN 1 AND 5 AND "Feedback" BETWEEN 1 AND 5 AND "Manner" BETWEEN 1 AND 5),
    CONSTRAINT [CK_Evaluations_Rater] CHECK ("RaterId" <> "MemberId"),
    CONSTRAINT [FK_Evaluations_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Evaluations_Members_RaterId] FOREIGN KEY ([RaterId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [TaskReports] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [MemberId] int NOT NULL,
    [Category] nvarchar(32) NOT NULL,
    [HappenedAt] datetime2 NOT NULL,
    [HappenedDay] date NOT NULL,
    [FiledAt] datetime2 NOT NULL,
    [AreaId] int NOT NULL,
    [Text] nvarchar(2000) NOT NULL,
    [Outcome] nvarchar(32) NOT NULL,
    [Reason] nvarchar(500) NULL,
    [Points] int NOT NULL,
    [Cap] nvarchar(32) NULL,
    [ClientKey] nvarchar(64) NULL,
    [FiledBy] nvarchar(64) NULL,
    CONSTRAINT [PK_TaskReports] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_TaskReports_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_TaskReports_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Deliveries] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [Date] date NOT NULL,
    [SponsorId] int NULL,
    [OutletId] int NOT NULL,
    [GoodsId] int NOT NULL,
    [Quantity] int NOT NULL,
    [Expires] date NULL,
    CONSTRAINT [PK_Deliveries] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Deliveries_Quantity] CHECK ("Quantity" > 0),
    CONSTRAINT [FK_Deliveries_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Deliveries_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Deliveries_Sponsors_SponsorId] FOREIGN KEY ([SponsorId]) REFERENCES [Sponsors] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [KioskDevices] (
    [Id] int NOT NULL IDENTITY,
    [OutletId] int NOT NULL,
    [Name] nvarchar(60) NOT NULL,
    [PairingHash] nvarchar(64) NULL,
    [PairingUntil] datetime2 NULL,
    [TokenHash] nvarchar(64) NULL,
    [PairedAt] datetime2 NULL,
    [RetiredAt] datetime2 NULL,
    CONSTRAINT [PK_KioskDevices] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_KioskDevices_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Redemptions] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [BasketKey] uniqueidentifier NULL,
    [MemberId] int NOT NULL,
    [OutletId] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Points] int NOT NULL,
    [PickupCode] nvarchar(6) NULL,
    [HappenedAt] datetime2 NOT NULL,
    [ExpiresAt] datetime2 NOT NULL,
    [HoldSequence] bigint NULL,
    [EndSequence] bigint NULL,
    [EndedAt] datetime2 NULL,
    [EndedBy] nvarchar(64) NULL,
    [Reason] nvarchar(256) NULL,
    [Satisfaction] int NULL,
    CONSTRAINT [PK_Redemptions] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Redemptions_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Redemptions_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AssessmentLines] (
    [AssessmentId] int NOT NULL,
    [MemberId] int NOT NULL,
    [Target] int NULL,
    [Points] bigint NOT NULL,
    [Verified] int NOT NULL,
    [Rejected] int NOT NULL,
    [Raters] int NOT NULL,
    [Marks] int NOT NULL,
    [Score] int NULL,
    [Grade] nvarchar(32) NOT NULL,
    [Bonus] int NOT NULL,
    [BonusSequence] bigint NULL,
    CONSTRAINT [PK_AssessmentLines] PRIMARY KEY ([AssessmentId], [MemberId]),
    CONSTRAINT [FK_AssessmentLines_Assessments_AssessmentId] FOREIGN KEY ([AssessmentId]) REFERENCES [Assessments] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AssessmentLines_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AssessmentObjections] (
    [Id] int NOT NULL IDENTITY,
    [AssessmentId] int NOT NULL,
    [MemberId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [Text] nvarchar(500) NOT NULL,
    [Answer] nvarchar(500) NULL,
    [AnsweredBy] nvarchar(64) NULL,
    [AnsweredAt] datetime2 NULL,
    CONSTRAINT [PK_AssessmentObjections] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AssessmentObjections_Assessments_AssessmentId] FOREIGN KEY ([AssessmentId]) REFERENCES [Assessments] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AssessmentObjections_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LedgerEntries] (
    [BookId] int NOT NULL,
    [Sequence] bigint NOT NULL,
    [Line] int NOT NULL,
    [Account] int NOT NULL,
    [Amount] bigint NOT NULL,
    [Version] bigint NOT NULL,
    CONSTRAINT [PK_LedgerEntries] PRIMARY KEY ([BookId], [Sequence], [Line]),
    CONSTRAINT [FK_LedgerEntries_LedgerAccounts_BookId_Account] FOREIGN KEY ([BookId], [Account]) REFERENCES [LedgerAccounts] ([BookId], [Number]) ON DELETE NO ACTION,
    CONSTRAINT [FK_LedgerEntries_LedgerTransactions_BookId_Sequence] FOREIGN KEY ([BookId], [Sequence]) REFERENCES [LedgerTransactions] ([BookId], [Sequence]) ON DELETE NO ACTION
);

CREATE TABLE [Discrepancies] (
    [ReconciliationId] int NOT NULL,
    [Position] int NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Place] nvarchar(100) NOT NULL,
    [Item] nvarchar(100) NOT NULL,
    [Outside] bigint NULL,
    [Book] bigint NULL,
    CONSTRAINT [PK_Discrepancies] PRIMARY KEY ([ReconciliationId], [Position]),
    CONSTRAINT [FK_Discrepancies_Reconciliations_ReconciliationId] FOREIGN KEY ([ReconciliationId]) REFERENCES [Reconciliations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AspNetUserClaims] (
    [Id] int NOT NULL IDENTITY,
    [UserId] int NOT NULL,
    [ClaimType] nvarchar(256) NULL,
    [ClaimValue] nvarchar(256) NULL,
    CONSTRAINT [PK_AspNetUserClaims] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AspNetUserClaims_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AspNetUserLogins] (
    [LoginProvider] nvarchar(256) NOT NULL,
    [ProviderKey] nvarchar(256) NOT NULL,
    [ProviderDisplayName] nvarchar(256) NULL,
    [UserId] int NOT NULL,
    CONSTRAINT [PK_AspNetUserLogins] PRIMARY KEY ([LoginProvider], [ProviderKey]),
    CONSTRAINT [FK_AspNetUserLogins_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AspNetUserRoles] (
    [UserId] int NOT NULL,
    [RoleId] int NOT NULL,
    CONSTRAINT [PK_AspNetUserRoles] PRIMARY KEY ([UserId], [RoleId]),
    CONSTRAINT [FK_AspNetUserRoles_AspNetRoles_RoleId] FOREIGN KEY ([RoleId]) REFERENCES [AspNetRoles] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_AspNetUserRoles_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AspNetUserTokens] (
    [UserId] int NOT NULL,
    [LoginProvider] nvarchar(256) NOT NULL,
    [Name] nvarchar(256) NOT NULL,
    [Value] nvarchar(256) NULL,
    CONSTRAINT [PK_AspNetUserTokens] PRIMARY KEY ([UserId], [LoginProvider], [Name]),
    CONSTRAINT [FK_AspNetUserTokens_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [ReportEvents] (
    [Id] bigint NOT NULL IDENTITY,
    [ReportId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Change] nvarchar(32) NOT NULL,
    [Words] nvarchar(500) NULL,
    [Points] int NOT NULL,
    CONSTRAINT [PK_ReportEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ReportEvents_TaskReports_ReportId] FOREIGN KEY ([ReportId]) REFERENCES [TaskReports] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ReportPhotos] (
    [Id] int NOT NULL IDENTITY,
    [ReportId] int NOT NULL,
    [Number] int NOT NULL,
    [FileName] nvarchar(40) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Bytes] int NOT NULL,
    [Hash] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_ReportPhotos] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ReportPhotos_TaskReports_ReportId] FOREIGN KEY ([ReportId]) REFERENCES [TaskReports] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [KioskSessions] (
    [Id] uniqueidentifier NOT NULL,
    [TokenHash] nvarchar(64) NOT NULL,
    [DeviceId] int NOT NULL,
    [MemberId] int NOT NULL,
    [TouchedAt] datetime2 NOT NULL,
    [EndedAt] datetime2 NULL,
    [Basket] nvarchar(2000) NOT NULL,
    [BasketKey] uniqueidentifier NOT NULL,
    CONSTRAINT [PK_KioskSessions] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_KioskSessions_KioskDevices_DeviceId] FOREIGN KEY ([DeviceId]) REFERENCES [KioskDevices] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_KioskSessions_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [RedemptionLines] (
    [RedemptionId] int NOT NULL,
    [GoodsId] int NOT NULL,
    [Quantity] int NOT NULL,
    [PointsEach] int NOT NULL,
    CONSTRAINT [PK_RedemptionLines] PRIMARY KEY ([RedemptionId], [GoodsId]),
    CONSTRAINT [CK_RedemptionLines_Quantity] CHECK ("Quantity" > 0),
    CONSTRAINT [FK_RedemptionLines_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_RedemptionLines_Redemptions_RedemptionId] FOREIGN KEY ([RedemptionId]) REFERENCES [Redemptions] ([Id]) ON DELETE NO ACTION
);

IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[AspNetRoles]'))
    SET IDENTITY_INSERT [AspNetRoles] ON;
INSERT INTO [AspNetRoles] ([Id], [ConcurrencyStamp], [Name], [NormalizedName])
VALUES (1, N'role-1', N'Administrator', N'ADMINISTRATOR'),
(2, N'role-2', N'Approver', N'APPROVER'),
(3, N'role-3', N'Attendant', N'ATTENDANT'),
(4, N'role-4', N'Sponsor', N'SPONSOR'),
(5, N'role-5', N'Finance', N'FINANCE'),
(6, N'role-6', N'Auditor', N'AUDITOR'),
(7, N'role-7', N'Member', N'MEMBER');
IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'ConcurrencyStamp', N'Name', N'NormalizedName') AND [object_id] = OBJECT_ID(N'[AspNetRoles]'))
    SET IDENTITY_INSERT [AspNetRoles] OFF;

IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'Category', N'Evidence', N'From', N'Points', N'PointsPerMonth', N'ReportsPerDay') AND [object_id] = OBJECT_ID(N'[ScoringRules]'))
    SET IDENTITY_INSERT [ScoringRules] ON;
INSERT INTO [ScoringRules] ([Id], [Category], [Evidence], [From], [Points], [PointsPerMonth], [ReportsPerDay])
VALUES (1, N'clue', N'Text', '2000-01-01', 20, NULL, NULL),
(2, N'capture', N'Text', '2000-01-01', 200, NULL, NULL),
(3, N'hazard-found', N'Photo', '2000-01-01', 10, 100, 5),
(4, N'hazard-fixed', N'Photo', '2000-01-01', 20, NULL, NULL),
(5, N'dispute', N'Text', '2000-01-01', 30, NULL, 2),
(6, N'incident', N'Text', '2000-01-01', 15, NULL, NULL),
(7, N'patrol', N'CheckIn', '2000-01-01', 5, 100, 2),
(8, N'post', N'CheckIn', '2000-01-01', 5, 100, 2),
(9, N'care', N'Text', '2000-01-01', 8, 80, 2),
(10, N'publicity', N'Photo', '2000-01-01', 3, 30, 1),
(11, N'training', N'Attendance', '2000-01-01', 5, 20, 1),
(12, N'opinion', N'Text', '2000-01-01', 2, 20, 3),
(13, N'service', N'Text', '2000-01-01', 4, 60, 3);
IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Id', N'Category', N'Evidence', N'From', N'Points', N'PointsPerMonth', N'ReportsPerDay') AND [object_id] = OBJECT_ID(N'[ScoringRules]'))
    SET IDENTITY_INSERT [ScoringRules] OFF;

CREATE UNIQUE INDEX [IX_Areas_Code] ON [Areas] ([Code]);

CREATE INDEX [IX_Areas_ParentId] ON [Areas] ([ParentId]);

CREATE INDEX [IX_Areas_Path] ON [Areas] ([Path]);

CREATE INDEX [IX_AspNetRoleClaims_RoleId] ON [AspNetRoleClaims] ([RoleId]);

CREATE UNIQUE INDEX [RoleNameIndex] ON [AspNetRoles] ([NormalizedName]) WHERE [NormalizedName] IS NOT NULL;

CREATE INDEX [IX_AspNetUserClaims_UserId] ON [AspNetUserClaims] ([UserId]);

CREATE INDEX [IX_AspNetUserLogins_UserId] ON [AspNetUserLogins] ([UserId]);

CREATE INDEX [IX_AspNetUserRoles_RoleId] ON [AspNetUserRoles] ([RoleId]);

CREATE INDEX [EmailIndex] ON [AspNetUsers] ([NormalizedEmail]);

CREATE INDEX [IX_AspNetUsers_AreaId] ON [AspNetUsers] ([AreaId]);

CREATE UNIQUE INDEX [IX_AspNetUsers_MemberId] ON [AspNetUsers] ([MemberId]) WHERE [MemberId] IS NOT NULL;

CREATE INDEX [IX_AspNetUsers_SponsorId] ON [AspNetUsers] ([SponsorId]);

CREATE UNIQUE INDEX [UserNameIndex] ON [AspNetUsers] ([NormalizedUserName]) WHERE [NormalizedUserName] IS NOT NULL;

CREATE INDEX [IX_AssessmentLines_MemberId_AssessmentId] ON [AssessmentLines] ([MemberId], [AssessmentId]);

CREATE UNIQUE INDEX [IX_AssessmentObjections_AssessmentId_MemberId] ON [AssessmentObjections] ([AssessmentId], [MemberId]);

CREATE INDEX [IX_AssessmentObjections_MemberId] ON [AssessmentObjections] ([MemberId]);

CREATE UNIQUE INDEX [IX_Assessments_BookId_Month] ON [Assessments] ([BookId], [Month]);

CREATE INDEX [IX_Cases_AreaId] ON [Cases] ([AreaId]);

CREATE UNIQUE INDEX [IX_Cases_Number] ON [Cases] ([Number]);

CREATE INDEX [IX_ChangeRecords_Subject_At] ON [ChangeRecords] ([Subject], [At]);

CREATE UNIQUE INDEX [IX_ClaimShares_CaseId_MemberId] ON [ClaimShares] ([CaseId], [MemberId]);

CREATE INDEX [IX_ClaimShares_MemberId] ON [ClaimShares] ([MemberId]);

CREATE INDEX [IX_Deliveries_GoodsId] ON [Deliveries] ([GoodsId]);

CREATE INDEX [IX_Deliveries_OutletId] ON [Deliveries] ([OutletId]);

CREATE UNIQUE INDEX [IX_Deliveries_Reference] ON [Deliveries] ([Reference]);

CREATE INDEX [IX_Deliveries_SponsorId] ON [Deliveries] ([SponsorId]);

CREATE INDEX [IX_Evaluations_MemberId] ON [Evaluations] ([MemberId]);

CREATE UNIQUE INDEX [IX_Evaluations_Month_MemberId_RaterId] ON [Evaluations] ([Month], [MemberId], [RaterId]);

CREATE INDEX [IX_Evaluations_RaterId] ON [Evaluations] ([RaterId]);

CREATE INDEX [IX_FundMovements_Fund_Date] ON [FundMovements] ([Fund], [Date]);

CREATE UNIQUE INDEX [IX_FundMovements_Reference] ON [FundMovements] ([Reference]);

CREATE UNIQUE INDEX [IX_Goods_Sku] ON [Goods] ([Sku]);

CREATE INDEX [IX_KioskDevices_OutletId] ON [KioskDevices] ([OutletId]);

CREATE UNIQUE INDEX [IX_KioskDevices_PairingHash] ON [KioskDevices] ([PairingHash]) WHERE [PairingHash] IS NOT NULL;

CREATE UNIQUE INDEX [IX_KioskDevices_TokenHash] ON [KioskDevices] ([TokenHash]) WHERE [TokenHash] IS NOT NULL;

CREATE INDEX [IX_KioskSessions_DeviceId] ON [KioskSessions] ([DeviceId]);

CREATE INDEX [IX_KioskSessions_MemberId] ON [KioskSessions] ([MemberId]);

CREATE UNIQUE INDEX [IX_KioskSessions_TokenHash] ON [KioskSessions] ([TokenHash]);

CREATE INDEX [IX_KioskSessions_TouchedAt] ON [KioskSessions] ([TouchedAt]);

CREATE UNIQUE INDEX [IX_LedgerAccounts_BookId_Code_Asset] ON [LedgerAccounts] ([BookId], [Code], [Asset]);

CREATE UNIQUE INDEX [IX_LedgerBooks_Code] ON [LedgerBooks] ([Code]);

CREATE UNIQUE INDEX [IX_LedgerEntries_BookId_Account_Version] ON [LedgerEntries] ([BookId], [Account], [Version]);

CREATE INDEX [IX_LedgerTransactions_BookId_HappenedAt] ON [LedgerTransactions] ([BookId], [HappenedAt]);

CREATE UNIQUE INDEX [IX_LedgerTransactions_BookId_Key] ON [LedgerTransactions] ([BookId], [Key]);

CREATE UNIQUE INDEX [IX_LedgerTransactions_BookId_RelatedSequence_Relation] ON [LedgerTransactions] ([BookId], [RelatedSequence], [Relation]) WHERE [RelatedSequence] IS NOT NULL AND [Relation] IS NOT NULL;

CREATE INDEX [IX_Members_AreaId] ON [Members] ([AreaId]);

CREATE UNIQUE INDEX [IX_Members_CardNumber] ON [Members] ([CardNumber]) WHERE [CardNumber] IS NOT NULL;

CREATE UNIQUE INDEX [IX_Members_Code] ON [Members] ([Code]);

CREATE UNIQUE INDEX [IX_Members_Number] ON [Members] ([Number]);

CREATE INDEX [IX_Outlets_AreaId] ON [Outlets] ([AreaId]);

CREATE UNIQUE INDEX [IX_Outlets_Code] ON [Outlets] ([Code]);

CREATE UNIQUE INDEX [IX_ProtectionKeys_Name] ON [ProtectionKeys] ([Name]);

CREATE INDEX [IX_Reconciliations_BookId_Month_Id] ON [Reconciliations] ([BookId], [Month], [Id]);

CREATE INDEX [IX_RedemptionLines_GoodsId] ON [RedemptionLines] ([GoodsId]);

CREATE UNIQUE INDEX [IX_Redemptions_BasketKey] ON [Redemptions] ([BasketKey]) WHERE [BasketKey] IS NOT NULL;

CREATE INDEX [IX_Redemptions_MemberId_HappenedAt] ON [Redemptions] ([MemberId], [HappenedAt]);

CREATE UNIQUE INDEX [IX_Redemptions_OutletId_PickupCode] ON [Redemptions] ([OutletId], [PickupCode]) WHERE [PickupCode] IS NOT NULL;

CREATE UNIQUE INDEX [IX_Redemptions_Reference] ON [Redemptions] ([Reference]);

CREATE INDEX [IX_Redemptions_State_ExpiresAt] ON [Redemptions] ([State], [ExpiresAt]);

CREATE INDEX [IX_ReportEvents_ReportId_Id] ON [ReportEvents] ([ReportId], [Id]);

CREATE INDEX [IX_ReportPhotos_Hash] ON [ReportPhotos] ([Hash]);

CREATE UNIQUE INDEX [IX_ReportPhotos_ReportId_Number] ON [ReportPhotos] ([ReportId], [Number]);

CREATE UNIQUE INDEX [IX_ScoringRules_Category_From] ON [ScoringRules] ([Category], [From]);

CREATE UNIQUE INDEX [IX_Sponsors_Code] ON [Sponsors] ([Code]);

CREATE INDEX [IX_TaskReports_AreaId] ON [TaskReports] ([AreaId]);

CREATE INDEX [IX_TaskReports_HappenedDay_MemberId_Outcome] ON [TaskReports] ([HappenedDay], [MemberId], [Outcome]);

CREATE INDEX [IX_TaskReports_MemberId_Category_HappenedDay] ON [TaskReports] ([MemberId], [Category], [HappenedDay]);

CREATE UNIQUE INDEX [IX_TaskReports_MemberId_ClientKey] ON [TaskReports] ([MemberId], [ClientKey]) WHERE [ClientKey] IS NOT NULL;

CREATE INDEX [IX_TaskReports_MemberId_FiledAt] ON [TaskReports] ([MemberId], [FiledAt]);

CREATE INDEX [IX_TaskReports_Outcome_FiledAt] ON [TaskReports] ([Outcome], [FiledAt]);

CREATE UNIQUE INDEX [IX_TaskReports_Reference] ON [TaskReports] ([Reference]);

CREATE INDEX [IX_WriteReceipts_At] ON [WriteReceipts] ([At]);

CREATE TRIGGER [LedgerTransactions_Keep] ON [LedgerTransactions] INSTEAD OF UPDATE, DELETE AS
BEGIN SET NOCOUNT ON; THROW 51000, 'LedgerTransactions is append-only', 1; END;

CREATE TRIGGER [LedgerEntries_Keep] ON [LedgerEntries] INSTEAD OF UPDATE, DELETE AS
BEGIN SET NOCOUNT ON; THROW 51000, 'LedgerEntries is append-only', 1; END;

CREATE TRIGGER [LedgerAccounts_Keep] ON [LedgerAccounts] AFTER UPDATE, DELETE AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM deleted AS d LEFT JOIN inserted AS i ON i.[BookId] = d.[BookId] AND i.[Number] = d.[Number]
    WHERE i.[Number] IS NULL OR i.[Code] <> d.[Code] OR i.[Asset] <> d.[Asset] OR i.[Version] <= d.[Version]
      OR EXISTS (SELECT i.[Floor] EXCEPT SELECT d.[Floor]))
    THROW 51001, 'LedgerAccounts keeps its names and floors', 1;
END;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121230543_Start', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [InboxMessages] (
    [Id] bigint NOT NULL IDENTITY,
    [MemberId] int NULL,
    [UserId] int NULL,
    [At] datetime2 NOT NULL,
    [Kind] nvarchar(40) NOT NULL,
    [Subject] nvarchar(64) NOT NULL,
    [Href] nvarchar(200) NOT NULL,
    [ReadAt] datetime2 NULL,
    CONSTRAINT [PK_InboxMessages] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_InboxMessages_OneReader] CHECK (("MemberId" IS NULL AND "UserId" IS NOT NULL) OR ("MemberId" IS NOT NULL AND "UserId" IS NULL)),
    CONSTRAINT [FK_InboxMessages_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_InboxMessages_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_InboxMessages_MemberId_ReadAt] ON [InboxMessages] ([MemberId], [ReadAt]);

CREATE INDEX [IX_InboxMessages_UserId_ReadAt] ON [InboxMessages] ([UserId], [ReadAt]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261122000947_Earning', N'10.0.14');

COMMIT;
GO

