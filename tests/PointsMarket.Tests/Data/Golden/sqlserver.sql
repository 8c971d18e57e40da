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
DROP INDEX [IX_TaskReports_AreaId] ON [TaskReports];

DROP INDEX [IX_TaskReports_Outcome_FiledAt] ON [TaskReports];

DECLARE @var nvarchar(max);
SELECT @var = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[Redemptions]') AND [c].[name] = N'MemberId');
IF @var IS NOT NULL EXEC(N'ALTER TABLE [Redemptions] DROP CONSTRAINT ' + @var + ';');
ALTER TABLE [Redemptions] ALTER COLUMN [MemberId] int NULL;

ALTER TABLE [Redemptions] ADD [VoucherId] int NULL;

ALTER TABLE [Members] ADD [OffLeaderboard] bit NOT NULL DEFAULT CAST(0 AS bit);

DECLARE @var1 nvarchar(max);
SELECT @var1 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[KioskSessions]') AND [c].[name] = N'MemberId');
IF @var1 IS NOT NULL EXEC(N'ALTER TABLE [KioskSessions] DROP CONSTRAINT ' + @var1 + ';');
ALTER TABLE [KioskSessions] ALTER COLUMN [MemberId] int NULL;

ALTER TABLE [KioskSessions] ADD [VoucherId] int NULL;

ALTER TABLE [KioskDevices] ADD [VoucherFailures] int NOT NULL DEFAULT 0;

ALTER TABLE [KioskDevices] ADD [VoucherWaitUntil] datetime2 NULL;

ALTER TABLE [Cases] ADD [ClaimBy] date NULL;

ALTER TABLE [Cases] ADD [OfferedToId] int NULL;

ALTER TABLE [Cases] ADD [PostedBy] nvarchar(64) NULL;

ALTER TABLE [Cases] ADD [RevisitAskedAt] datetime2 NULL;

ALTER TABLE [Cases] ADD [RevisitedAt] datetime2 NULL;

ALTER TABLE [Cases] ADD [Round] int NOT NULL DEFAULT 1;

ALTER TABLE [Cases] ADD [Satisfied] bit NULL;

ALTER TABLE [Cases] ADD [Wanted] nvarchar(1000) NULL;

CREATE TABLE [CaseSeals] (
    [CaseId] int NOT NULL,
    [Text] nvarchar(2000) NOT NULL,
    CONSTRAINT [PK_CaseSeals] PRIMARY KEY ([CaseId]),
    CONSTRAINT [FK_CaseSeals_Cases_CaseId] FOREIGN KEY ([CaseId]) REFERENCES [Cases] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Claims] (
    [Id] int NOT NULL IDENTITY,
    [CaseId] int NOT NULL,
    [Round] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Plan] nvarchar(500) NOT NULL,
    [AskedAt] datetime2 NOT NULL,
    [AskedBy] nvarchar(64) NOT NULL,
    [ApprovedAt] datetime2 NULL,
    [ApprovedBy] nvarchar(64) NULL,
    [DueAt] datetime2 NULL,
    [SubmittedAt] datetime2 NULL,
    [EndedAt] datetime2 NULL,
    [Reason] nvarchar(250) NULL,
    [Reward] int NOT NULL,
    [Extension] nvarchar(32) NOT NULL,
    [MoreDays] int NOT NULL,
    [MoreReason] nvarchar(250) NULL,
    CONSTRAINT [PK_Claims] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Claims_Cases_CaseId] FOREIGN KEY ([CaseId]) REFERENCES [Cases] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Climbs] (
    [Matter] nvarchar(32) NOT NULL,
    [Subject] nvarchar(40) NOT NULL,
    [Level] nvarchar(32) NOT NULL,
    [At] datetime2 NOT NULL,
    CONSTRAINT [PK_Climbs] PRIMARY KEY ([Matter], [Subject], [Level])
);

CREATE TABLE [Duties] (
    [Id] int NOT NULL IDENTITY,
    [Kind] nvarchar(32) NOT NULL,
    [Place] nvarchar(40) NOT NULL,
    [AreaId] int NOT NULL,
    [Weekdays] int NOT NULL,
    [StartsAt] time NOT NULL,
    [EndsAt] time NOT NULL,
    [FirstDay] date NOT NULL,
    [LastDay] date NULL,
    [Crew] nvarchar(160) NOT NULL,
    [DrawDays] int NOT NULL,
    CONSTRAINT [PK_Duties] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Duties_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION
);

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

CREATE TABLE [Loops] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Type] nvarchar(32) NULL,
    [State] nvarchar(32) NOT NULL,
    [Version] int NOT NULL,
    [AreaId] int NOT NULL,
    [Place] nvarchar(100) NOT NULL,
    [Text] nvarchar(2000) NOT NULL,
    [FoundAt] datetime2 NOT NULL,
    [OpenedAt] datetime2 NOT NULL,
    [OpenedBy] nvarchar(64) NOT NULL,
    [ClientKey] nvarchar(64) NOT NULL,
    [FoundById] int NULL,
    [ReportId] int NULL,
    [Owner] nvarchar(60) NULL,
    [OwnerUserId] int NULL,
    [OwnerMemberId] int NULL,
    [Side] nvarchar(60) NULL,
    [DueDay] date NULL,
    [SteppedAt] datetime2 NOT NULL,
    [EndedAt] datetime2 NULL,
    CONSTRAINT [PK_Loops] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Loops_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Loops_AspNetUsers_OwnerUserId] FOREIGN KEY ([OwnerUserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Loops_Members_FoundById] FOREIGN KEY ([FoundById]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Loops_Members_OwnerMemberId] FOREIGN KEY ([OwnerMemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Loops_TaskReports_ReportId] FOREIGN KEY ([ReportId]) REFERENCES [TaskReports] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Mediators] (
    [Id] int NOT NULL IDENTITY,
    [AreaId] int NOT NULL,
    [Type] nvarchar(32) NOT NULL,
    [Office] nvarchar(60) NOT NULL,
    [MemberId] int NULL,
    CONSTRAINT [PK_Mediators] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Mediators_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Mediators_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [RouteSteps] (
    [Matter] nvarchar(32) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Position] int NOT NULL,
    [Level] nvarchar(32) NOT NULL,
    [Days] int NOT NULL,
    CONSTRAINT [PK_RouteSteps] PRIMARY KEY ([Matter], [Kind], [Position])
);

CREATE TABLE [RuleProposals] (
    [Id] int NOT NULL IDENTITY,
    [Category] nvarchar(32) NOT NULL,
    [From] date NOT NULL,
    [Points] int NOT NULL,
    [ReportsPerDay] int NULL,
    [PointsPerMonth] int NULL,
    [Evidence] nvarchar(32) NOT NULL,
    [Reason] nvarchar(500) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [ProposedAt] datetime2 NOT NULL,
    [ProposedBy] nvarchar(64) NOT NULL,
    [DecidedAt] datetime2 NULL,
    [DecidedBy] nvarchar(64) NULL,
    [Answer] nvarchar(500) NULL,
    CONSTRAINT [PK_RuleProposals] PRIMARY KEY ([Id])
);

CREATE TABLE [SealedIdentities] (
    [MemberId] int NOT NULL,
    [Name] varbinary(max) NOT NULL,
    CONSTRAINT [PK_SealedIdentities] PRIMARY KEY ([MemberId]),
    CONSTRAINT [FK_SealedIdentities_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [TipBatches] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Week] nvarchar(8) NOT NULL,
    [Day] date NOT NULL,
    [Vouchers] int NOT NULL,
    [Points] int NOT NULL,
    CONSTRAINT [PK_TipBatches] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_TipBatches_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [UnsealRequests] (
    [Id] int NOT NULL IDENTITY,
    [MemberId] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Reason] nvarchar(400) NOT NULL,
    [AskedBy] int NOT NULL,
    [AskedAt] datetime2 NOT NULL,
    [DecidedBy] int NULL,
    [OpenUntil] datetime2 NULL,
    [ShownToAsker] bit NOT NULL,
    [ShownToDecider] bit NOT NULL,
    CONSTRAINT [PK_UnsealRequests] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_UnsealRequests_TwoPeople] CHECK ("DecidedBy" IS NULL OR "DecidedBy" <> "AskedBy" OR "State" = 'Withdrawn'),
    CONSTRAINT [FK_UnsealRequests_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Vouchers] (
    [Id] int NOT NULL IDENTITY,
    [Code] nvarchar(40) NOT NULL,
    [BookId] int NOT NULL,
    [Mark] nvarchar(64) NOT NULL,
    [Number] varbinary(max) NOT NULL,
    [Points] int NOT NULL,
    [Granted] date NOT NULL,
    CONSTRAINT [PK_Vouchers] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Vouchers_Points] CHECK ("Points" > 0),
    CONSTRAINT [FK_Vouchers_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [CaseEvents] (
    [Id] bigint NOT NULL IDENTITY,
    [CaseId] int NOT NULL,
    [ClaimId] int NULL,
    [At] datetime2 NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [MemberId] int NULL,
    [Change] nvarchar(32) NOT NULL,
    [Words] nvarchar(1000) NULL,
    [Points] int NOT NULL,
    CONSTRAINT [PK_CaseEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_CaseEvents_Cases_CaseId] FOREIGN KEY ([CaseId]) REFERENCES [Cases] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_CaseEvents_Claims_ClaimId] FOREIGN KEY ([ClaimId]) REFERENCES [Claims] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ClaimHandOvers] (
    [Id] int NOT NULL IDENTITY,
    [ClaimId] int NOT NULL,
    [FromId] int NOT NULL,
    [ToId] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [OfferedAt] datetime2 NOT NULL,
    [OfferedBy] nvarchar(64) NOT NULL,
    [SignedAt] datetime2 NULL,
    [SignedBy] nvarchar(64) NULL,
    CONSTRAINT [PK_ClaimHandOvers] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ClaimHandOvers_Claims_ClaimId] FOREIGN KEY ([ClaimId]) REFERENCES [Claims] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_ClaimHandOvers_Members_FromId] FOREIGN KEY ([FromId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_ClaimHandOvers_Members_ToId] FOREIGN KEY ([ToId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ClaimMembers] (
    [ClaimId] int NOT NULL,
    [Position] int NOT NULL,
    [MemberId] int NOT NULL,
    [Share] int NOT NULL,
    [AgreedAt] datetime2 NULL,
    [AgreedBy] nvarchar(64) NULL,
    CONSTRAINT [PK_ClaimMembers] PRIMARY KEY ([ClaimId], [Position]),
    CONSTRAINT [CK_ClaimMembers_Share] CHECK ("Share" BETWEEN 1 AND 100),
    CONSTRAINT [FK_ClaimMembers_Claims_ClaimId] FOREIGN KEY ([ClaimId]) REFERENCES [Claims] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_ClaimMembers_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Shifts] (
    [Id] int NOT NULL IDENTITY,
    [DutyId] int NOT NULL,
    [Day] date NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Place] nvarchar(40) NOT NULL,
    [AreaId] int NOT NULL,
    [StartsAt] datetime2 NOT NULL,
    [EndsAt] datetime2 NOT NULL,
    [DrawAt] datetime2 NOT NULL,
    [Crew] nvarchar(160) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Seed] nvarchar(64) NOT NULL,
    [CodeKey] nvarchar(64) NOT NULL,
    [DrawnAt] datetime2 NULL,
    [LeaderId] int NULL,
    [CancelReason] nvarchar(200) NULL,
    [ConfirmedAt] datetime2 NULL,
    [ConfirmedBy] nvarchar(64) NULL,
    CONSTRAINT [PK_Shifts] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Shifts_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Shifts_Duties_DutyId] FOREIGN KEY ([DutyId]) REFERENCES [Duties] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Shifts_Members_LeaderId] FOREIGN KEY ([LeaderId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LoopReminders] (
    [Id] bigint NOT NULL IDENTITY,
    [LoopId] int NOT NULL,
    [Step] int NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [At] datetime2 NOT NULL,
    [Told] int NOT NULL,
    CONSTRAINT [PK_LoopReminders] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_LoopReminders_Loops_LoopId] FOREIGN KEY ([LoopId]) REFERENCES [Loops] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LoopSteps] (
    [Id] bigint NOT NULL IDENTITY,
    [LoopId] int NOT NULL,
    [Number] int NOT NULL,
    [Action] nvarchar(32) NOT NULL,
    [From] nvarchar(32) NOT NULL,
    [To] nvarchar(32) NOT NULL,
    [At] datetime2 NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Words] nvarchar(500) NULL,
    [Who] nvarchar(60) NULL,
    [WhoUserId] int NULL,
    [WhoMemberId] int NULL,
    [DueDay] date NULL,
    [Undoes] int NULL,
    [ReportId] int NULL,
    CONSTRAINT [PK_LoopSteps] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_LoopSteps_AspNetUsers_WhoUserId] FOREIGN KEY ([WhoUserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_LoopSteps_Loops_LoopId] FOREIGN KEY ([LoopId]) REFERENCES [Loops] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_LoopSteps_Members_WhoMemberId] FOREIGN KEY ([WhoMemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_LoopSteps_TaskReports_ReportId] FOREIGN KEY ([ReportId]) REFERENCES [TaskReports] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [UnsealEvents] (
    [Id] bigint NOT NULL IDENTITY,
    [RequestId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Step] nvarchar(32) NOT NULL,
    CONSTRAINT [PK_UnsealEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_UnsealEvents_UnsealRequests_RequestId] FOREIGN KEY ([RequestId]) REFERENCES [UnsealRequests] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Tips] (
    [Id] uniqueidentifier NOT NULL,
    [Reference] nvarchar(20) NOT NULL,
    [CodeHash] nvarchar(64) NOT NULL,
    [PinHash] nvarchar(200) NOT NULL,
    [PinFailures] int NOT NULL,
    [PinWaitUntil] datetime2 NULL,
    [FormHash] nvarchar(64) NOT NULL,
    [AreaId] int NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Day] date NOT NULL,
    [HasNews] bit NOT NULL,
    [Place] varbinary(max) NULL,
    [Reward] nvarchar(32) NOT NULL,
    [RewardPoints] int NOT NULL,
    [ProposedBy] int NULL,
    [ApprovedOn] date NULL,
    [VoucherId] int NULL,
    CONSTRAINT [PK_Tips] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Tips_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Tips_Vouchers_VoucherId] FOREIGN KEY ([VoucherId]) REFERENCES [Vouchers] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [CasePhotos] (
    [Id] int NOT NULL IDENTITY,
    [EventId] bigint NOT NULL,
    [Number] int NOT NULL,
    [FileName] nvarchar(40) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Bytes] int NOT NULL,
    [Hash] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_CasePhotos] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_CasePhotos_CaseEvents_EventId] FOREIGN KEY ([EventId]) REFERENCES [CaseEvents] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ShiftSignUps] (
    [Id] int NOT NULL IDENTITY,
    [ShiftId] int NOT NULL,
    [MemberId] int NOT NULL,
    [AskedAt] datetime2 NOT NULL,
    [AskedBy] nvarchar(64) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Served] int NULL,
    [Rank] int NULL,
    [Seat] int NULL,
    [CheckedInAt] datetime2 NULL,
    [CheckedInBy] nvarchar(64) NULL,
    [Way] nvarchar(32) NULL,
    [Late] bit NOT NULL,
    [WrongCodes] int NOT NULL,
    [Attended] bit NULL,
    [ReportId] int NULL,
    CONSTRAINT [PK_ShiftSignUps] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ShiftSignUps_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_ShiftSignUps_Shifts_ShiftId] FOREIGN KEY ([ShiftId]) REFERENCES [Shifts] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_ShiftSignUps_TaskReports_ReportId] FOREIGN KEY ([ReportId]) REFERENCES [TaskReports] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LoopPhotos] (
    [Id] int NOT NULL IDENTITY,
    [StepId] bigint NOT NULL,
    [Number] int NOT NULL,
    [FileName] nvarchar(40) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Bytes] int NOT NULL,
    [Hash] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_LoopPhotos] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_LoopPhotos_LoopSteps_StepId] FOREIGN KEY ([StepId]) REFERENCES [LoopSteps] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [TipEvents] (
    [Id] bigint NOT NULL IDENTITY,
    [TipId] uniqueidentifier NOT NULL,
    [Day] date NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Step] nvarchar(32) NOT NULL,
    CONSTRAINT [PK_TipEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_TipEvents_Tips_TipId] FOREIGN KEY ([TipId]) REFERENCES [Tips] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [TipMessages] (
    [Id] uniqueidentifier NOT NULL,
    [TipId] uniqueidentifier NOT NULL,
    [Position] int NOT NULL,
    [FromDesk] bit NOT NULL,
    [Day] date NOT NULL,
    [Text] varbinary(max) NOT NULL,
    CONSTRAINT [PK_TipMessages] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_TipMessages_Tips_TipId] FOREIGN KEY ([TipId]) REFERENCES [Tips] ([Id]) ON DELETE NO ACTION
);

IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Kind', N'Matter', N'Position', N'Days', N'Level') AND [object_id] = OBJECT_ID(N'[RouteSteps]'))
    SET IDENTITY_INSERT [RouteSteps] ON;
INSERT INTO [RouteSteps] ([Kind], [Matter], [Position], [Days], [Level])
VALUES (N'', N'Case', 0, 3, N'GridManager'),
(N'', N'Case', 1, 3, N'GridChief'),
(N'dispute', N'Case', 0, 3, N'GridManager'),
(N'dispute', N'Case', 1, 3, N'GridChief'),
(N'hazard', N'Case', 0, 3, N'GridManager'),
(N'hazard', N'Case', 1, 3, N'Coordinator'),
(N'hazard', N'Case', 2, 3, N'GridChief'),
(N'lead', N'Case', 0, 3, N'GridManager'),
(N'lead', N'Case', 1, 3, N'GridChief'),
(N'', N'Report', 0, 3, N'GridManager'),
(N'', N'Report', 1, 3, N'GridChief'),
(N'capture', N'Report', 0, 1, N'GridManager'),
(N'capture', N'Report', 1, 2, N'GridChief'),
(N'care', N'Report', 0, 2, N'GridManager'),
(N'care', N'Report', 1, 3, N'GridChief'),
(N'clue', N'Report', 0, 1, N'GridManager'),
(N'clue', N'Report', 1, 2, N'GridChief'),
(N'dispute', N'Report', 0, 2, N'GridManager'),
(N'dispute', N'Report', 1, 3, N'GridChief'),
(N'hazard-fixed', N'Report', 0, 2, N'GridManager'),
(N'hazard-fixed', N'Report', 1, 3, N'Coordinator'),
(N'hazard-fixed', N'Report', 2, 3, N'GridChief'),
(N'hazard-found', N'Report', 0, 2, N'GridManager'),
(N'hazard-found', N'Report', 1, 3, N'Coordinator'),
(N'hazard-found', N'Report', 2, 3, N'GridChief'),
(N'incident', N'Report', 0, 1, N'GridManager'),
(N'incident', N'Report', 1, 2, N'GridChief'),
(N'opinion', N'Report', 0, 3, N'Coordinator'),
(N'opinion', N'Report', 1, 3, N'GridChief'),
(N'patrol', N'Report', 0, 3, N'GridManager'),
(N'patrol', N'Report', 1, 3, N'GridChief'),
(N'post', N'Report', 0, 3, N'GridManager'),
(N'post', N'Report', 1, 3, N'GridChief'),
(N'publicity', N'Report', 0, 3, N'GridManager'),
(N'publicity', N'Report', 1, 3, N'GridChief'),
(N'service', N'Report', 0, 2, N'GridManager'),
(N'service', N'Report', 1, 3, N'GridChief'),
(N'training', N'Report', 0, 3, N'GridManager'),
(N'training', N'Report', 1, 3, N'GridChief');
IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Kind', N'Matter', N'Position', N'Days', N'Level') AND [object_id] = OBJECT_ID(N'[RouteSteps]'))
    SET IDENTITY_INSERT [RouteSteps] OFF;

CREATE INDEX [IX_TaskReports_AreaId_Outcome_FiledAt] ON [TaskReports] ([AreaId], [Outcome], [FiledAt]);

CREATE INDEX [IX_TaskReports_Category_FiledAt_AreaId] ON [TaskReports] ([Category], [FiledAt], [AreaId]);

CREATE INDEX [IX_TaskReports_FiledAt_AreaId] ON [TaskReports] ([FiledAt], [AreaId]);

CREATE INDEX [IX_TaskReports_Outcome_Category_FiledAt_AreaId] ON [TaskReports] ([Outcome], [Category], [FiledAt], [AreaId]);

CREATE INDEX [IX_TaskReports_Outcome_FiledAt_AreaId] ON [TaskReports] ([Outcome], [FiledAt], [AreaId]);

CREATE INDEX [IX_TaskReports_Outcome_HappenedDay_FiledAt_AreaId] ON [TaskReports] ([Outcome], [HappenedDay], [FiledAt], [AreaId]);

CREATE INDEX [IX_Redemptions_VoucherId_HappenedAt] ON [Redemptions] ([VoucherId], [HappenedAt]);

ALTER TABLE [Redemptions] ADD CONSTRAINT [CK_Redemptions_OneOwner] CHECK (("MemberId" IS NULL AND "VoucherId" IS NOT NULL) OR ("MemberId" IS NOT NULL AND "VoucherId" IS NULL));

CREATE INDEX [IX_KioskSessions_VoucherId] ON [KioskSessions] ([VoucherId]);

ALTER TABLE [KioskSessions] ADD CONSTRAINT [CK_KioskSessions_OneOwner] CHECK (("MemberId" IS NULL AND "VoucherId" IS NOT NULL) OR ("MemberId" IS NOT NULL AND "VoucherId" IS NULL));

CREATE INDEX [IX_Cases_OfferedToId] ON [Cases] ([OfferedToId]);

CREATE INDEX [IX_Cases_State_OpenedAt] ON [Cases] ([State], [OpenedAt]);

CREATE INDEX [IX_CaseEvents_CaseId_Id] ON [CaseEvents] ([CaseId], [Id]);

CREATE INDEX [IX_CaseEvents_ClaimId] ON [CaseEvents] ([ClaimId]);

CREATE UNIQUE INDEX [IX_CasePhotos_EventId_Number] ON [CasePhotos] ([EventId], [Number]);

CREATE INDEX [IX_ClaimHandOvers_ClaimId] ON [ClaimHandOvers] ([ClaimId]);

CREATE INDEX [IX_ClaimHandOvers_FromId] ON [ClaimHandOvers] ([FromId]);

CREATE UNIQUE INDEX [IX_ClaimHandOvers_OneOpen] ON [ClaimHandOvers] ([ClaimId]) WHERE "State" IN ('Offered', 'Signed');

CREATE INDEX [IX_ClaimHandOvers_ToId] ON [ClaimHandOvers] ([ToId]);

CREATE UNIQUE INDEX [IX_ClaimMembers_ClaimId_MemberId] ON [ClaimMembers] ([ClaimId], [MemberId]);

CREATE INDEX [IX_ClaimMembers_MemberId] ON [ClaimMembers] ([MemberId]);

CREATE INDEX [IX_Claims_CaseId] ON [Claims] ([CaseId]);

CREATE UNIQUE INDEX [IX_Claims_OneLive] ON [Claims] ([CaseId]) WHERE "State" IN ('Asked', 'Held', 'Submitted');

CREATE UNIQUE INDEX [IX_Claims_OneReward] ON [Claims] ([CaseId], [Round]) WHERE "State" = 'Settled';

CREATE INDEX [IX_Claims_State_DueAt] ON [Claims] ([State], [DueAt]);

CREATE INDEX [IX_Duties_AreaId] ON [Duties] ([AreaId]);

CREATE INDEX [IX_InboxMessages_MemberId_ReadAt] ON [InboxMessages] ([MemberId], [ReadAt]);

CREATE INDEX [IX_InboxMessages_ReadAt] ON [InboxMessages] ([ReadAt]);

CREATE INDEX [IX_InboxMessages_UserId_ReadAt] ON [InboxMessages] ([UserId], [ReadAt]);

CREATE UNIQUE INDEX [IX_LoopPhotos_StepId_Number] ON [LoopPhotos] ([StepId], [Number]);

CREATE UNIQUE INDEX [IX_LoopReminders_LoopId_Step_Kind] ON [LoopReminders] ([LoopId], [Step], [Kind]);

CREATE INDEX [IX_Loops_AreaId] ON [Loops] ([AreaId]);

CREATE INDEX [IX_Loops_DueDay] ON [Loops] ([DueDay]);

CREATE INDEX [IX_Loops_FoundById] ON [Loops] ([FoundById]);

CREATE INDEX [IX_Loops_Kind_State] ON [Loops] ([Kind], [State]);

CREATE UNIQUE INDEX [IX_Loops_OpenedBy_ClientKey] ON [Loops] ([OpenedBy], [ClientKey]);

CREATE INDEX [IX_Loops_OwnerMemberId] ON [Loops] ([OwnerMemberId]);

CREATE INDEX [IX_Loops_OwnerUserId] ON [Loops] ([OwnerUserId]);

CREATE UNIQUE INDEX [IX_Loops_Reference] ON [Loops] ([Reference]);

CREATE UNIQUE INDEX [IX_Loops_ReportId] ON [Loops] ([ReportId]) WHERE [ReportId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_LoopSteps_LoopId_Number] ON [LoopSteps] ([LoopId], [Number]);

CREATE UNIQUE INDEX [IX_LoopSteps_ReportId] ON [LoopSteps] ([ReportId]) WHERE [ReportId] IS NOT NULL;

CREATE INDEX [IX_LoopSteps_WhoMemberId] ON [LoopSteps] ([WhoMemberId]);

CREATE INDEX [IX_LoopSteps_WhoUserId] ON [LoopSteps] ([WhoUserId]);

CREATE UNIQUE INDEX [IX_Mediators_AreaId_Type] ON [Mediators] ([AreaId], [Type]);

CREATE INDEX [IX_Mediators_MemberId] ON [Mediators] ([MemberId]);

CREATE INDEX [IX_RuleProposals_Category_From] ON [RuleProposals] ([Category], [From]);

CREATE INDEX [IX_RuleProposals_State_Category] ON [RuleProposals] ([State], [Category]);

CREATE INDEX [IX_Shifts_AreaId] ON [Shifts] ([AreaId]);

CREATE UNIQUE INDEX [IX_Shifts_DutyId_Day] ON [Shifts] ([DutyId], [Day]);

CREATE INDEX [IX_Shifts_LeaderId] ON [Shifts] ([LeaderId]);

CREATE INDEX [IX_Shifts_StartsAt] ON [Shifts] ([StartsAt]);

CREATE INDEX [IX_Shifts_State_DrawAt] ON [Shifts] ([State], [DrawAt]);

CREATE INDEX [IX_ShiftSignUps_MemberId] ON [ShiftSignUps] ([MemberId]);

CREATE UNIQUE INDEX [IX_ShiftSignUps_ReportId] ON [ShiftSignUps] ([ReportId]) WHERE [ReportId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_ShiftSignUps_ShiftId_MemberId] ON [ShiftSignUps] ([ShiftId], [MemberId]);

CREATE UNIQUE INDEX [IX_ShiftSignUps_ShiftId_Seat] ON [ShiftSignUps] ([ShiftId], [Seat]) WHERE [Seat] IS NOT NULL;

CREATE UNIQUE INDEX [IX_TipBatches_BookId_Week] ON [TipBatches] ([BookId], [Week]);

CREATE INDEX [IX_TipEvents_Day] ON [TipEvents] ([Day]);

CREATE INDEX [IX_TipEvents_TipId_Id] ON [TipEvents] ([TipId], [Id]);

CREATE UNIQUE INDEX [IX_TipMessages_TipId_Position] ON [TipMessages] ([TipId], [Position]);

CREATE INDEX [IX_Tips_AreaId_Day] ON [Tips] ([AreaId], [Day]);

CREATE UNIQUE INDEX [IX_Tips_CodeHash] ON [Tips] ([CodeHash]);

CREATE UNIQUE INDEX [IX_Tips_FormHash] ON [Tips] ([FormHash]);

CREATE UNIQUE INDEX [IX_Tips_Reference] ON [Tips] ([Reference]);

CREATE INDEX [IX_Tips_Reward] ON [Tips] ([Reward]);

CREATE UNIQUE INDEX [IX_Tips_VoucherId] ON [Tips] ([VoucherId]) WHERE [VoucherId] IS NOT NULL;

CREATE INDEX [IX_UnsealEvents_At] ON [UnsealEvents] ([At]);

CREATE INDEX [IX_UnsealEvents_RequestId] ON [UnsealEvents] ([RequestId]);

CREATE INDEX [IX_UnsealRequests_MemberId] ON [UnsealRequests] ([MemberId]);

CREATE INDEX [IX_UnsealRequests_State_AskedAt] ON [UnsealRequests] ([State], [AskedAt]);

CREATE INDEX [IX_Vouchers_BookId] ON [Vouchers] ([BookId]);

CREATE UNIQUE INDEX [IX_Vouchers_Code] ON [Vouchers] ([Code]);

CREATE UNIQUE INDEX [IX_Vouchers_Mark] ON [Vouchers] ([Mark]);

ALTER TABLE [Cases] ADD CONSTRAINT [FK_Cases_Areas_OfferedToId] FOREIGN KEY ([OfferedToId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION;

ALTER TABLE [KioskSessions] ADD CONSTRAINT [FK_KioskSessions_Vouchers_VoucherId] FOREIGN KEY ([VoucherId]) REFERENCES [Vouchers] ([Id]) ON DELETE NO ACTION;

ALTER TABLE [Redemptions] ADD CONSTRAINT [FK_Redemptions_Vouchers_VoucherId] FOREIGN KEY ([VoucherId]) REFERENCES [Vouchers] ([Id]) ON DELETE NO ACTION;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261122014136_Earning', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [SettingProposals] (
    [Id] int NOT NULL IDENTITY,
    [Group] nvarchar(40) NOT NULL,
    [From] date NOT NULL,
    [Reason] nvarchar(500) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [ProposedAt] datetime2 NOT NULL,
    [ProposedBy] nvarchar(64) NOT NULL,
    [DecidedAt] datetime2 NULL,
    [DecidedBy] nvarchar(64) NULL,
    [Answer] nvarchar(500) NULL,
    CONSTRAINT [PK_SettingProposals] PRIMARY KEY ([Id])
);

CREATE TABLE [SettingChanges] (
    [ProposalId] int NOT NULL,
    [Setting] nvarchar(60) NOT NULL,
    [Before] bigint NOT NULL,
    [Value] bigint NOT NULL,
    CONSTRAINT [PK_SettingChanges] PRIMARY KEY ([ProposalId], [Setting]),
    CONSTRAINT [FK_SettingChanges_SettingProposals_ProposalId] FOREIGN KEY ([ProposalId]) REFERENCES [SettingProposals] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [SettingValues] (
    [Id] int NOT NULL IDENTITY,
    [Setting] nvarchar(60) NOT NULL,
    [From] date NOT NULL,
    [Value] bigint NOT NULL,
    [ProposalId] int NOT NULL,
    CONSTRAINT [PK_SettingValues] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_SettingValues_SettingProposals_ProposalId] FOREIGN KEY ([ProposalId]) REFERENCES [SettingProposals] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_SettingProposals_State_Group] ON [SettingProposals] ([State], [Group]);

CREATE INDEX [IX_SettingValues_ProposalId] ON [SettingValues] ([ProposalId]);

CREATE UNIQUE INDEX [IX_SettingValues_Setting_From] ON [SettingValues] ([Setting], [From]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261127222006_Settings', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [FundMovements] ADD [PaymentId] int NULL;

ALTER TABLE [FundMovements] ADD [Purpose] nvarchar(32) NULL;

ALTER TABLE [FundMovements] ADD [ReverseReason] nvarchar(200) NULL;

ALTER TABLE [FundMovements] ADD [ReversedAt] datetime2 NULL;

ALTER TABLE [FundMovements] ADD [ReversedBy] nvarchar(64) NULL;

CREATE TABLE [Funds] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Code] nvarchar(40) NOT NULL,
    [NameZh] nvarchar(60) NOT NULL,
    [NameEn] nvarchar(60) NOT NULL,
    [Purposes] nvarchar(80) NOT NULL,
    [Active] bit NOT NULL,
    CONSTRAINT [PK_Funds] PRIMARY KEY ([Id])
);

CREATE TABLE [FundBudgets] (
    [Id] int NOT NULL IDENTITY,
    [FundId] int NOT NULL,
    [Year] int NOT NULL,
    [Purpose] nvarchar(32) NOT NULL,
    [AmountFen] bigint NOT NULL,
    CONSTRAINT [PK_FundBudgets] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_FundBudgets_Amount] CHECK ("AmountFen" >= 0),
    CONSTRAINT [FK_FundBudgets_Funds_FundId] FOREIGN KEY ([FundId]) REFERENCES [Funds] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Payments] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [FundId] int NOT NULL,
    [Purpose] nvarchar(32) NOT NULL,
    [AmountFen] bigint NOT NULL,
    [Key] nvarchar(80) NULL,
    [Payee] nvarchar(60) NULL,
    [Href] nvarchar(200) NULL,
    [Words] nvarchar(500) NOT NULL,
    [ApproversNeeded] int NOT NULL,
    [FinanceNeeded] bit NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [AskedAt] datetime2 NOT NULL,
    [AskedBy] nvarchar(64) NOT NULL,
    [ApprovedAt] datetime2 NULL,
    [EndedAt] datetime2 NULL,
    [EndedBy] nvarchar(64) NULL,
    [Reason] nvarchar(500) NULL,
    CONSTRAINT [PK_Payments] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Payments_Amount] CHECK ("AmountFen" > 0),
    CONSTRAINT [CK_Payments_Ladder] CHECK ("ApproversNeeded" IN (1, 2)),
    CONSTRAINT [FK_Payments_Funds_FundId] FOREIGN KEY ([FundId]) REFERENCES [Funds] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [PaymentApprovals] (
    [PaymentId] int NOT NULL,
    [By] nvarchar(64) NOT NULL,
    [ForFinance] bit NOT NULL,
    [At] datetime2 NOT NULL,
    CONSTRAINT [PK_PaymentApprovals] PRIMARY KEY ([PaymentId], [By]),
    CONSTRAINT [FK_PaymentApprovals_Payments_PaymentId] FOREIGN KEY ([PaymentId]) REFERENCES [Payments] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [PaymentLines] (
    [PaymentId] int NOT NULL,
    [Position] int NOT NULL,
    [MemberId] int NULL,
    [AmountFen] bigint NOT NULL,
    CONSTRAINT [PK_PaymentLines] PRIMARY KEY ([PaymentId], [Position]),
    CONSTRAINT [CK_PaymentLines_Amount] CHECK ("AmountFen" > 0),
    CONSTRAINT [FK_PaymentLines_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_PaymentLines_Payments_PaymentId] FOREIGN KEY ([PaymentId]) REFERENCES [Payments] ([Id]) ON DELETE CASCADE
);

CREATE UNIQUE INDEX [IX_FundMovements_PaymentId] ON [FundMovements] ([PaymentId]) WHERE [PaymentId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_FundBudgets_FundId_Year_Purpose] ON [FundBudgets] ([FundId], [Year], [Purpose]);

CREATE UNIQUE INDEX [IX_Funds_BookId_Code] ON [Funds] ([BookId], [Code]);

CREATE INDEX [IX_PaymentLines_MemberId] ON [PaymentLines] ([MemberId]);

CREATE UNIQUE INDEX [IX_Payments_BookId_Key] ON [Payments] ([BookId], [Key]) WHERE [Key] IS NOT NULL;

CREATE INDEX [IX_Payments_BookId_State] ON [Payments] ([BookId], [State]);

CREATE INDEX [IX_Payments_FundId] ON [Payments] ([FundId]);

ALTER TABLE [FundMovements] ADD CONSTRAINT [FK_FundMovements_Payments_PaymentId] FOREIGN KEY ([PaymentId]) REFERENCES [Payments] ([Id]) ON DELETE NO ACTION;

INSERT INTO "Funds" ("BookId", "Code", "NameZh", "NameEn", "Purposes", "Active")
SELECT DISTINCT "BookId", "Fund", CASE "Fund" WHEN 'volunteer-fund' THEN N'平安志愿者基金' WHEN 'bravery-fund' THEN N'见义勇为基金' ELSE "Fund" END, CASE "Fund" WHEN 'volunteer-fund' THEN N'Safety volunteers fund' WHEN 'bravery-fund' THEN N'Acts of bravery fund' ELSE "Fund" END, 'Goods, Cards, Bonuses, Awards, CaseRewards', CAST(1 AS bit) FROM "FundMovements";

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261127224232_Funds', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
DROP INDEX [IX_Evaluations_Month_MemberId_RaterId] ON [Evaluations];

ALTER TABLE [Vouchers] ADD [Replaced] date NULL;

ALTER TABLE [ScoringRules] ADD [Retired] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [RuleProposals] ADD [FirstLevel] nvarchar(32) NULL;

ALTER TABLE [RuleProposals] ADD [Icon] nvarchar(32) NULL;

ALTER TABLE [RuleProposals] ADD [NameEn] nvarchar(30) NULL;

ALTER TABLE [RuleProposals] ADD [NameZh] nvarchar(30) NULL;

ALTER TABLE [RuleProposals] ADD [Retired] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [LedgerBooks] ADD [ClosedBefore] bigint NULL;

DECLARE @var2 nvarchar(max);
SELECT @var2 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[Evaluations]') AND [c].[name] = N'RaterId');
IF @var2 IS NOT NULL EXEC(N'ALTER TABLE [Evaluations] DROP CONSTRAINT ' + @var2 + ';');
ALTER TABLE [Evaluations] ALTER COLUMN [RaterId] int NULL;

ALTER TABLE [Evaluations] ADD [RaterUserId] int NULL;

ALTER TABLE [Evaluations] ADD [Words] nvarchar(300) NULL;

ALTER TABLE [Deliveries] ADD [AnnouncementId] int NULL;

ALTER TABLE [Deliveries] ADD [CountedAt] datetime2 NULL;

ALTER TABLE [Deliveries] ADD [CountedBy] nvarchar(64) NULL;

ALTER TABLE [Cases] ADD [WaitsFor] nvarchar(32) NULL;

ALTER TABLE [Cases] ADD [WaitsSince] datetime2 NULL;

CREATE TABLE [AssessmentCorrections] (
    [Id] int NOT NULL IDENTITY,
    [AssessmentId] int NOT NULL,
    [MemberId] int NOT NULL,
    [Number] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Points] bigint NOT NULL,
    [Verified] int NOT NULL,
    [Rejected] int NOT NULL,
    [Score] int NULL,
    [Grade] nvarchar(32) NOT NULL,
    [Bonus] int NOT NULL,
    [Difference] int NOT NULL,
    [Reason] nvarchar(250) NOT NULL,
    [ProposedBy] nvarchar(64) NOT NULL,
    [ProposedAt] datetime2 NOT NULL,
    [DecidedBy] nvarchar(64) NULL,
    [DecidedAt] datetime2 NULL,
    [Sequence] bigint NULL,
    CONSTRAINT [PK_AssessmentCorrections] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_AssessmentCorrections_TwoPeople] CHECK ("DecidedBy" <> "ProposedBy"),
    CONSTRAINT [FK_AssessmentCorrections_Assessments_AssessmentId] FOREIGN KEY ([AssessmentId]) REFERENCES [Assessments] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AssessmentCorrections_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AuditSamples] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Month] date NOT NULL,
    [Seed] int NOT NULL,
    [Size] int NOT NULL,
    [UpTo] bigint NOT NULL,
    [Of] int NOT NULL,
    [TakenAt] datetime2 NOT NULL,
    [TakenBy] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_AuditSamples] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AuditSamples_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AwardCycles] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Year] int NOT NULL,
    [Title] nvarchar(60) NOT NULL,
    [Quota] int NOT NULL,
    [AreaId] int NOT NULL,
    [Kinds] nvarchar(120) NOT NULL,
    [LeastMonths] int NOT NULL,
    [Words] nvarchar(240) NOT NULL,
    [AmountFen] bigint NOT NULL,
    [MonthlyFen] bigint NOT NULL,
    [Fund] nvarchar(40) NULL,
    [State] nvarchar(32) NOT NULL,
    [Turns] int NOT NULL,
    [RankedAt] datetime2 NULL,
    [FixedBy] nvarchar(64) NULL,
    [ConfirmedBy] nvarchar(64) NULL,
    [NoticeFrom] date NULL,
    [NoticeTo] date NULL,
    [DecidedBy] nvarchar(64) NULL,
    [DecidedAt] datetime2 NULL,
    [IssuedBy] nvarchar(64) NULL,
    CONSTRAINT [PK_AwardCycles] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_AwardCycles_Money] CHECK ("AmountFen" >= 0 AND "MonthlyFen" >= 0),
    CONSTRAINT [CK_AwardCycles_Quota] CHECK ("Quota" > 0),
    CONSTRAINT [FK_AwardCycles_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AwardCycles_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [CaseFiles] (
    [Id] int NOT NULL IDENTITY,
    [EventId] bigint NOT NULL,
    [Number] int NOT NULL,
    [Name] nvarchar(80) NOT NULL,
    [FileName] nvarchar(40) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Bytes] int NOT NULL,
    [Hash] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_CaseFiles] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_CaseFiles_CaseEvents_EventId] FOREIGN KEY ([EventId]) REFERENCES [CaseEvents] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [CoverOverrides] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Month] date NOT NULL,
    [Ratio] bigint NOT NULL,
    [At] datetime2 NOT NULL,
    [By] nvarchar(64) NOT NULL,
    [Reason] nvarchar(500) NOT NULL,
    CONSTRAINT [PK_CoverOverrides] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_CoverOverrides_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [FollowUps] (
    [Id] int NOT NULL IDENTITY,
    [ReconciliationId] int NOT NULL,
    [Position] int NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Place] nvarchar(100) NOT NULL,
    [Item] nvarchar(100) NOT NULL,
    [Outside] bigint NULL,
    [Book] bigint NULL,
    [Day] date NULL,
    [Line] int NULL,
    [Sequence] bigint NULL,
    [State] nvarchar(32) NOT NULL,
    [Owner] nvarchar(64) NULL,
    [How] nvarchar(32) NULL,
    [Words] nvarchar(500) NULL,
    [At] datetime2 NULL,
    [WithId] int NULL,
    [SettledSequence] bigint NULL,
    [FirstSignature] nvarchar(64) NULL,
    CONSTRAINT [PK_FollowUps] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_FollowUps_Reconciliations_ReconciliationId] FOREIGN KEY ([ReconciliationId]) REFERENCES [Reconciliations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [JobRuns] (
    [Id] bigint NOT NULL IDENTITY,
    [Job] nvarchar(40) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Cause] nvarchar(32) NOT NULL,
    [AskedBy] nvarchar(64) NULL,
    [AskedAt] datetime2 NOT NULL,
    [StartedAt] datetime2 NULL,
    [EndedAt] datetime2 NULL,
    [Live] nvarchar(40) NULL,
    [Node] nvarchar(100) NULL,
    [Percent] int NULL,
    [Quiet] bit NOT NULL,
    [Failure] nvarchar(40) NULL,
    [TraceId] nvarchar(64) NULL,
    [Log] nvarchar(max) NOT NULL,
    CONSTRAINT [PK_JobRuns] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_JobRuns_Live] CHECK (("Live" IS NULL AND "State" NOT IN ('Queued', 'Running')) OR ("Live" IS NOT NULL AND "State" IN ('Queued', 'Running')))
);

CREATE TABLE [LedgerClosings] (
    [BookId] int NOT NULL,
    [Number] int NOT NULL,
    [Sequence] bigint NOT NULL,
    [Before] bigint NULL,
    [RecordedAt] bigint NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Hash] varbinary(32) NOT NULL,
    CONSTRAINT [PK_LedgerClosings] PRIMARY KEY ([BookId], [Number]),
    CONSTRAINT [FK_LedgerClosings_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Lots] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [GoodsId] int NOT NULL,
    [Day] date NOT NULL,
    [Expires] date NULL,
    [UseBy] date NOT NULL,
    [Origin] nvarchar(32) NOT NULL,
    CONSTRAINT [PK_Lots] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Lots_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Lots_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Meetings] (
    [Id] int NOT NULL IDENTITY,
    [AreaId] int NOT NULL,
    [HeldOn] date NOT NULL,
    [Title] nvarchar(80) NOT NULL,
    [Notes] nvarchar(4000) NOT NULL,
    [WrittenBy] nvarchar(64) NOT NULL,
    [WrittenAt] datetime2 NOT NULL,
    CONSTRAINT [PK_Meetings] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Meetings_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [MonthClosings] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Month] date NOT NULL,
    [ReconciliationId] int NOT NULL,
    [AskedBy] nvarchar(64) NOT NULL,
    [AskedAt] datetime2 NOT NULL,
    [ClosedBy] nvarchar(64) NULL,
    [ClosedAt] datetime2 NULL,
    [ReopenAskedBy] nvarchar(64) NULL,
    [ReopenAskedAt] datetime2 NULL,
    [ReopenReason] nvarchar(500) NULL,
    [ReopenedBy] nvarchar(64) NULL,
    [ReopenedAt] datetime2 NULL,
    [Past] int NOT NULL,
    CONSTRAINT [PK_MonthClosings] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_MonthClosings_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_MonthClosings_Reconciliations_ReconciliationId] FOREIGN KEY ([ReconciliationId]) REFERENCES [Reconciliations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [MonthFiles] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Month] date NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Fund] nvarchar(40) NULL,
    [Name] nvarchar(100) NOT NULL,
    [Sha256] nvarchar(64) NOT NULL,
    [Rows] int NOT NULL,
    [TakenAt] datetime2 NOT NULL,
    [TakenBy] nvarchar(64) NOT NULL,
    [Withdrawn] int NOT NULL,
    [WithdrawnAt] datetime2 NULL,
    [WithdrawnBy] nvarchar(64) NULL,
    [Reason] nvarchar(500) NULL,
    CONSTRAINT [PK_MonthFiles] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_MonthFiles_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Pledges] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [Key] uniqueidentifier NOT NULL,
    [SponsorId] int NOT NULL,
    [OutletId] int NOT NULL,
    [GoodsId] int NULL,
    [Words] nvarchar(200) NULL,
    [Quantity] int NULL,
    [ValueFen] bigint NULL,
    [Day] date NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [MadeAt] datetime2 NOT NULL,
    [MadeBy] nvarchar(64) NOT NULL,
    [DecidedAt] datetime2 NULL,
    [DecidedBy] nvarchar(64) NULL,
    [Answer] nvarchar(200) NULL,
    CONSTRAINT [PK_Pledges] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Pledges_Quantity] CHECK ("Quantity" > 0),
    CONSTRAINT [CK_Pledges_What] CHECK ("GoodsId" IS NOT NULL OR "Words" IS NOT NULL),
    CONSTRAINT [FK_Pledges_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Pledges_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Pledges_Sponsors_SponsorId] FOREIGN KEY ([SponsorId]) REFERENCES [Sponsors] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [PoliceFigures] (
    [Id] int NOT NULL IDENTITY,
    [Month] date NOT NULL,
    [AreaId] int NOT NULL,
    [Key] nvarchar(32) NOT NULL,
    [Value] bigint NOT NULL,
    [ImportedAt] datetime2 NOT NULL,
    [ImportedBy] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_PoliceFigures] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_PoliceFigures_Value] CHECK ("Value" >= 0),
    CONSTRAINT [FK_PoliceFigures_Areas_AreaId] FOREIGN KEY ([AreaId]) REFERENCES [Areas] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ReconciledLines] (
    [ReconciliationId] int NOT NULL,
    [Position] int NOT NULL,
    [Fund] nvarchar(40) NOT NULL,
    [Date] date NOT NULL,
    [Reference] nvarchar(64) NOT NULL,
    [AmountFen] bigint NOT NULL,
    [Description] nvarchar(500) NOT NULL,
    [Pairing] nvarchar(32) NOT NULL,
    [Sequence] bigint NULL,
    CONSTRAINT [PK_ReconciledLines] PRIMARY KEY ([ReconciliationId], [Position]),
    CONSTRAINT [FK_ReconciledLines_Reconciliations_ReconciliationId] FOREIGN KEY ([ReconciliationId]) REFERENCES [Reconciliations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [StockMoves] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [Key] uniqueidentifier NOT NULL,
    [FromOutletId] int NOT NULL,
    [ToOutletId] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Note] nvarchar(200) NULL,
    [SentAt] datetime2 NOT NULL,
    [SentBy] nvarchar(64) NOT NULL,
    [SendSequence] bigint NOT NULL,
    [EndedAt] datetime2 NULL,
    [EndedBy] nvarchar(64) NULL,
    [EndSequence] bigint NULL,
    [Reason] nvarchar(200) NULL,
    CONSTRAINT [PK_StockMoves] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_StockMoves_Outlets] CHECK ("FromOutletId" <> "ToOutletId"),
    CONSTRAINT [FK_StockMoves_Outlets_FromOutletId] FOREIGN KEY ([FromOutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_StockMoves_Outlets_ToOutletId] FOREIGN KEY ([ToOutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Stocktakes] (
    [Id] int NOT NULL IDENTITY,
    [Key] uniqueidentifier NOT NULL,
    [BookId] int NOT NULL,
    [OutletId] int NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [Month] date NOT NULL,
    [OpenOutletId] int NULL,
    [OpenedAt] datetime2 NOT NULL,
    [OpenedBy] nvarchar(64) NOT NULL,
    [Reason] nvarchar(200) NULL,
    [FirstAt] datetime2 NULL,
    [FirstBy] nvarchar(64) NULL,
    [EndedAt] datetime2 NULL,
    [EndedBy] nvarchar(64) NULL,
    [Sequence] bigint NULL,
    CONSTRAINT [PK_Stocktakes] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Stocktakes_TwoPeople] CHECK ("State" <> 'Signed' OR ("FirstBy" IS NOT NULL AND "EndedBy" IS NOT NULL AND "FirstBy" <> "EndedBy")),
    CONSTRAINT [FK_Stocktakes_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [StockThresholds] (
    [OutletId] int NOT NULL,
    [GoodsId] int NOT NULL,
    [Pieces] int NOT NULL,
    CONSTRAINT [PK_StockThresholds] PRIMARY KEY ([OutletId], [GoodsId]),
    CONSTRAINT [CK_StockThresholds_Pieces] CHECK ("Pieces" >= 0),
    CONSTRAINT [FK_StockThresholds_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_StockThresholds_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [SupermarketCards] (
    [Id] int NOT NULL IDENTITY,
    [GoodsId] int NOT NULL,
    [Serial] nvarchar(32) NOT NULL,
    [OutletId] int NOT NULL,
    [Batch] nvarchar(40) NULL,
    [State] nvarchar(32) NOT NULL,
    [RedemptionId] int NULL,
    CONSTRAINT [PK_SupermarketCards] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_SupermarketCards_Slip] CHECK (("State" IN ('Lost', 'Blocked')) OR ("State" = 'HandedOut' AND "RedemptionId" IS NOT NULL) OR ("State" IN ('InStock', 'Returned') AND "RedemptionId" IS NULL)),
    CONSTRAINT [FK_SupermarketCards_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_SupermarketCards_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_SupermarketCards_RedemptionLines_RedemptionId_GoodsId] FOREIGN KEY ([RedemptionId], [GoodsId]) REFERENCES [RedemptionLines] ([RedemptionId], [GoodsId]) ON DELETE NO ACTION
);

CREATE TABLE [TaskCategories] (
    [Code] nvarchar(32) NOT NULL,
    [NameZh] nvarchar(30) NOT NULL,
    [NameEn] nvarchar(30) NOT NULL,
    [Icon] nvarchar(32) NOT NULL,
    [Position] int NOT NULL,
    CONSTRAINT [PK_TaskCategories] PRIMARY KEY ([Code])
);

CREATE TABLE [TipPhotos] (
    [Id] uniqueidentifier NOT NULL,
    [TipId] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [Content] varbinary(max) NOT NULL,
    CONSTRAINT [PK_TipPhotos] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_TipPhotos_Tips_TipId] FOREIGN KEY ([TipId]) REFERENCES [Tips] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AuditSampleItems] (
    [SampleId] int NOT NULL,
    [Sequence] bigint NOT NULL,
    [Verdict] nvarchar(32) NOT NULL,
    [Remark] nvarchar(500) NULL,
    [At] datetime2 NULL,
    [By] nvarchar(64) NULL,
    CONSTRAINT [PK_AuditSampleItems] PRIMARY KEY ([SampleId], [Sequence]),
    CONSTRAINT [FK_AuditSampleItems_AuditSamples_SampleId] FOREIGN KEY ([SampleId]) REFERENCES [AuditSamples] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AwardEvents] (
    [Id] int NOT NULL IDENTITY,
    [CycleId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [Change] nvarchar(32) NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Detail] nvarchar(380) NULL,
    CONSTRAINT [PK_AwardEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AwardEvents_AwardCycles_CycleId] FOREIGN KEY ([CycleId]) REFERENCES [AwardCycles] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AwardNominees] (
    [Id] int NOT NULL IDENTITY,
    [CycleId] int NOT NULL,
    [MemberId] int NULL,
    [SponsorId] int NULL,
    [Name] nvarchar(60) NULL,
    [Place] int NOT NULL,
    [ScoreSum] bigint NOT NULL,
    [Months] int NOT NULL,
    [Points] bigint NOT NULL,
    [Named] bit NOT NULL,
    [StruckFor] nvarchar(300) NULL,
    [StruckBy] nvarchar(64) NULL,
    [OwedFen] bigint NOT NULL,
    [Payment] nvarchar(40) NULL,
    CONSTRAINT [PK_AwardNominees] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_AwardNominees_OneRecipient] CHECK ((CASE WHEN "MemberId" IS NULL THEN 0 ELSE 1 END) + (CASE WHEN "SponsorId" IS NULL THEN 0 ELSE 1 END) + (CASE WHEN "Name" IS NULL THEN 0 ELSE 1 END) = 1),
    CONSTRAINT [FK_AwardNominees_AwardCycles_CycleId] FOREIGN KEY ([CycleId]) REFERENCES [AwardCycles] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AwardNominees_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AwardNominees_Sponsors_SponsorId] FOREIGN KEY ([SponsorId]) REFERENCES [Sponsors] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AwardRecusals] (
    [CycleId] int NOT NULL,
    [UserId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [Reason] nvarchar(300) NULL,
    CONSTRAINT [PK_AwardRecusals] PRIMARY KEY ([CycleId], [UserId]),
    CONSTRAINT [FK_AwardRecusals_AspNetUsers_UserId] FOREIGN KEY ([UserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_AwardRecusals_AwardCycles_CycleId] FOREIGN KEY ([CycleId]) REFERENCES [AwardCycles] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [FollowUpEvents] (
    [Id] int NOT NULL IDENTITY,
    [FollowUpId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Change] nvarchar(32) NOT NULL,
    [Words] nvarchar(500) NULL,
    CONSTRAINT [PK_FollowUpEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_FollowUpEvents_FollowUps_FollowUpId] FOREIGN KEY ([FollowUpId]) REFERENCES [FollowUps] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [DeliveryLines] (
    [DeliveryId] int NOT NULL,
    [Position] int NOT NULL,
    [GoodsId] int NOT NULL,
    [Announced] int NULL,
    [Accepted] int NOT NULL,
    [Refused] int NOT NULL,
    [RefusedReason] nvarchar(200) NULL,
    [Expires] date NULL,
    [LotId] int NULL,
    CONSTRAINT [PK_DeliveryLines] PRIMARY KEY ([DeliveryId], [Position]),
    CONSTRAINT [CK_DeliveryLines_Pieces] CHECK ("Accepted" >= 0 AND "Refused" >= 0 AND "Accepted" + "Refused" > 0),
    CONSTRAINT [CK_DeliveryLines_Refused] CHECK ("Refused" = 0 OR "RefusedReason" IS NOT NULL),
    CONSTRAINT [FK_DeliveryLines_Deliveries_DeliveryId] FOREIGN KEY ([DeliveryId]) REFERENCES [Deliveries] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_DeliveryLines_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_DeliveryLines_Lots_LotId] FOREIGN KEY ([LotId]) REFERENCES [Lots] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LotMovements] (
    [BookId] int NOT NULL,
    [Sequence] bigint NOT NULL,
    [Posting] int NOT NULL,
    [LotId] int NOT NULL,
    [Quantity] bigint NOT NULL,
    CONSTRAINT [PK_LotMovements] PRIMARY KEY ([BookId], [Sequence], [Posting], [LotId]),
    CONSTRAINT [CK_LotMovements_Quantity] CHECK ("Quantity" > 0),
    CONSTRAINT [FK_LotMovements_LedgerTransactions_BookId_Sequence] FOREIGN KEY ([BookId], [Sequence]) REFERENCES [LedgerTransactions] ([BookId], [Sequence]) ON DELETE NO ACTION,
    CONSTRAINT [FK_LotMovements_Lots_LotId] FOREIGN KEY ([LotId]) REFERENCES [Lots] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [LotStocks] (
    [BookId] int NOT NULL,
    [Place] nvarchar(100) NOT NULL,
    [LotId] int NOT NULL,
    [Quantity] bigint NOT NULL,
    CONSTRAINT [PK_LotStocks] PRIMARY KEY ([BookId], [Place], [LotId]),
    CONSTRAINT [CK_LotStocks_Quantity] CHECK ("Quantity" > 0 OR ("Quantity" < 0 AND ("Place" = 'purchase' OR "Place" = 'found' OR "Place" LIKE 'sponsor:%'))),
    CONSTRAINT [FK_LotStocks_Lots_LotId] FOREIGN KEY ([LotId]) REFERENCES [Lots] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [MeetingActions] (
    [Id] int NOT NULL IDENTITY,
    [MeetingId] int NOT NULL,
    [Number] int NOT NULL,
    [What] nvarchar(300) NOT NULL,
    [OwnerUserId] int NULL,
    [OwnerMemberId] int NULL,
    [DueDay] date NOT NULL,
    [DoneAt] datetime2 NULL,
    [DoneBy] nvarchar(64) NULL,
    [Result] nvarchar(300) NULL,
    CONSTRAINT [PK_MeetingActions] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_MeetingActions_OneOwner] CHECK (("OwnerUserId" IS NULL AND "OwnerMemberId" IS NOT NULL) OR ("OwnerUserId" IS NOT NULL AND "OwnerMemberId" IS NULL)),
    CONSTRAINT [FK_MeetingActions_AspNetUsers_OwnerUserId] FOREIGN KEY ([OwnerUserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_MeetingActions_Meetings_MeetingId] FOREIGN KEY ([MeetingId]) REFERENCES [Meetings] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_MeetingActions_Members_OwnerMemberId] FOREIGN KEY ([OwnerMemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [BankLines] (
    [FileId] int NOT NULL,
    [Position] int NOT NULL,
    [Fund] nvarchar(40) NOT NULL,
    [Date] date NOT NULL,
    [Reference] nvarchar(64) NOT NULL,
    [AmountFen] bigint NOT NULL,
    [Description] nvarchar(500) NOT NULL,
    CONSTRAINT [PK_BankLines] PRIMARY KEY ([FileId], [Position]),
    CONSTRAINT [FK_BankLines_MonthFiles_FileId] FOREIGN KEY ([FileId]) REFERENCES [MonthFiles] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [CountLines] (
    [FileId] int NOT NULL,
    [Position] int NOT NULL,
    [Outlet] nvarchar(40) NOT NULL,
    [Sku] nvarchar(40) NOT NULL,
    [Counted] bigint NOT NULL,
    CONSTRAINT [PK_CountLines] PRIMARY KEY ([FileId], [Position]),
    CONSTRAINT [FK_CountLines_MonthFiles_FileId] FOREIGN KEY ([FileId]) REFERENCES [MonthFiles] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Announcements] (
    [Id] int NOT NULL IDENTITY,
    [Reference] nvarchar(40) NOT NULL,
    [Key] uniqueidentifier NOT NULL,
    [PledgeId] int NOT NULL,
    [OutletId] int NOT NULL,
    [Day] date NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [AnnouncedAt] datetime2 NOT NULL,
    [AnnouncedBy] nvarchar(64) NOT NULL,
    [DeliveryId] int NULL,
    CONSTRAINT [PK_Announcements] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Announcements_Delivery] CHECK (("State" = 'CountedIn' AND "DeliveryId" IS NOT NULL) OR ("State" <> 'CountedIn' AND "DeliveryId" IS NULL)),
    CONSTRAINT [FK_Announcements_Deliveries_DeliveryId] FOREIGN KEY ([DeliveryId]) REFERENCES [Deliveries] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Announcements_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Announcements_Pledges_PledgeId] FOREIGN KEY ([PledgeId]) REFERENCES [Pledges] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [StockMoveLines] (
    [MoveId] int NOT NULL,
    [GoodsId] int NOT NULL,
    [Sent] int NOT NULL,
    [Received] int NULL,
    CONSTRAINT [PK_StockMoveLines] PRIMARY KEY ([MoveId], [GoodsId]),
    CONSTRAINT [CK_StockMoveLines_Pieces] CHECK ("Sent" > 0 AND ("Received" IS NULL OR ("Received" >= 0 AND "Received" <= "Sent"))),
    CONSTRAINT [FK_StockMoveLines_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_StockMoveLines_StockMoves_MoveId] FOREIGN KEY ([MoveId]) REFERENCES [StockMoves] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [StocktakeLines] (
    [StocktakeId] int NOT NULL,
    [Position] int NOT NULL,
    [GoodsId] int NOT NULL,
    [LotId] int NULL,
    [Counted] int NULL,
    [Book] bigint NULL,
    [CountedAt] datetime2 NULL,
    [CountedBy] nvarchar(64) NULL,
    [EarlierCounted] int NULL,
    [EarlierBook] bigint NULL,
    [EarlierBy] nvarchar(64) NULL,
    CONSTRAINT [PK_StocktakeLines] PRIMARY KEY ([StocktakeId], [Position]),
    CONSTRAINT [CK_StocktakeLines_Counted] CHECK ("Counted" IS NULL OR ("Counted" >= 0 AND "Book" IS NOT NULL)),
    CONSTRAINT [FK_StocktakeLines_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_StocktakeLines_Lots_LotId] FOREIGN KEY ([LotId]) REFERENCES [Lots] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_StocktakeLines_Stocktakes_StocktakeId] FOREIGN KEY ([StocktakeId]) REFERENCES [Stocktakes] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [CardEvents] (
    [Id] bigint NOT NULL IDENTITY,
    [CardId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [Actor] nvarchar(64) NOT NULL,
    [Step] nvarchar(32) NOT NULL,
    [RedemptionId] int NULL,
    [Words] nvarchar(200) NULL,
    CONSTRAINT [PK_CardEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_CardEvents_Redemptions_RedemptionId] FOREIGN KEY ([RedemptionId]) REFERENCES [Redemptions] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_CardEvents_SupermarketCards_CardId] FOREIGN KEY ([CardId]) REFERENCES [SupermarketCards] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AwardObjections] (
    [Id] int NOT NULL IDENTITY,
    [CycleId] int NOT NULL,
    [MemberId] int NOT NULL,
    [NomineeId] int NULL,
    [At] datetime2 NOT NULL,
    [Text] nvarchar(300) NOT NULL,
    [Upheld] bit NULL,
    [Answer] nvarchar(300) NULL,
    [AnsweredBy] nvarchar(64) NULL,
    [AnsweredAt] datetime2 NULL,
    CONSTRAINT [PK_AwardObjections] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AwardObjections_AwardCycles_CycleId] FOREIGN KEY ([CycleId]) REFERENCES [AwardCycles] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AwardObjections_AwardNominees_NomineeId] FOREIGN KEY ([NomineeId]) REFERENCES [AwardNominees] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AwardObjections_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Certificates] (
    [Id] int NOT NULL IDENTITY,
    [BookId] int NOT NULL,
    [Year] int NOT NULL,
    [Serial] int NOT NULL,
    [Code] nvarchar(14) NOT NULL,
    [Kind] nvarchar(32) NOT NULL,
    [CycleId] int NOT NULL,
    [NomineeId] int NOT NULL,
    [MemberId] int NULL,
    [SponsorId] int NULL,
    [Name] nvarchar(60) NULL,
    [Title] nvarchar(60) NOT NULL,
    [Words] nvarchar(240) NOT NULL,
    [IssuedOn] date NOT NULL,
    [IssuedAt] datetime2 NOT NULL,
    [IssuedBy] nvarchar(64) NOT NULL,
    [RevokedAt] datetime2 NULL,
    [RevokedBy] nvarchar(64) NULL,
    [RevokedFor] nvarchar(300) NULL,
    CONSTRAINT [PK_Certificates] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_Certificates_OtherRevokes] CHECK ("RevokedBy" IS NULL OR "RevokedBy" <> "IssuedBy"),
    CONSTRAINT [CK_Certificates_Serial] CHECK ("Serial" > 0),
    CONSTRAINT [FK_Certificates_AwardCycles_CycleId] FOREIGN KEY ([CycleId]) REFERENCES [AwardCycles] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Certificates_AwardNominees_NomineeId] FOREIGN KEY ([NomineeId]) REFERENCES [AwardNominees] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Certificates_LedgerBooks_BookId] FOREIGN KEY ([BookId]) REFERENCES [LedgerBooks] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Certificates_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Certificates_Sponsors_SponsorId] FOREIGN KEY ([SponsorId]) REFERENCES [Sponsors] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AnnouncedLines] (
    [AnnouncementId] int NOT NULL,
    [GoodsId] int NOT NULL,
    [Quantity] int NOT NULL,
    CONSTRAINT [PK_AnnouncedLines] PRIMARY KEY ([AnnouncementId], [GoodsId]),
    CONSTRAINT [CK_AnnouncedLines_Quantity] CHECK ("Quantity" > 0),
    CONSTRAINT [FK_AnnouncedLines_Announcements_AnnouncementId] FOREIGN KEY ([AnnouncementId]) REFERENCES [Announcements] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_AnnouncedLines_Goods_GoodsId] FOREIGN KEY ([GoodsId]) REFERENCES [Goods] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [CertificatePrints] (
    [Id] int NOT NULL IDENTITY,
    [CertificateId] int NOT NULL,
    [At] datetime2 NOT NULL,
    [By] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_CertificatePrints] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_CertificatePrints_Certificates_CertificateId] FOREIGN KEY ([CertificateId]) REFERENCES [Certificates] ([Id]) ON DELETE NO ACTION
);

IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Code', N'Icon', N'NameEn', N'NameZh', N'Position') AND [object_id] = OBJECT_ID(N'[TaskCategories]'))
    SET IDENTITY_INSERT [TaskCategories] ON;
INSERT INTO [TaskCategories] ([Code], [Icon], [NameEn], [NameZh], [Position])
VALUES (N'capture', N'award', N'Helped in an arrest', N'协助抓获', 2),
(N'care', N'heart', N'Visit and help', N'帮扶走访', 9),
(N'clue', N'eye', N'Gave a lead', N'提供线索', 1),
(N'dispute', N'handshake', N'Settled a quarrel', N'化解纠纷', 5),
(N'hazard-fixed', N'circle-check', N'Removed a hazard', N'消除隐患', 4),
(N'hazard-found', N'triangle-alert', N'Found a hazard', N'排查隐患', 3),
(N'incident', N'phone', N'Helped at an incident', N'配合处警', 6),
(N'opinion', N'message-square', N'Passed on an opinion', N'社情民意', 12),
(N'patrol', N'map-pin', N'Patrol', N'义务巡逻', 7),
(N'post', N'store', N'Fixed post, school escort', N'站岗护学', 8),
(N'publicity', N'megaphone', N'Spread the word', N'宣传', 10),
(N'service', N'hand-heart', N'Errand for a neighbour', N'代办服务', 13),
(N'training', N'scroll-text', N'Training', N'参加培训', 11);
IF EXISTS (SELECT * FROM [sys].[identity_columns] WHERE [name] IN (N'Code', N'Icon', N'NameEn', N'NameZh', N'Position') AND [object_id] = OBJECT_ID(N'[TaskCategories]'))
    SET IDENTITY_INSERT [TaskCategories] OFF;

CREATE INDEX [IX_Redemptions_OutletId_HappenedAt] ON [Redemptions] ([OutletId], [HappenedAt]);

CREATE UNIQUE INDEX [IX_Evaluations_Month_MemberId_RaterId] ON [Evaluations] ([Month], [MemberId], [RaterId]) WHERE [RaterId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_Evaluations_Month_MemberId_RaterUserId] ON [Evaluations] ([Month], [MemberId], [RaterUserId]) WHERE [RaterUserId] IS NOT NULL;

CREATE INDEX [IX_Evaluations_RaterUserId] ON [Evaluations] ([RaterUserId]);

ALTER TABLE [Evaluations] ADD CONSTRAINT [CK_Evaluations_OneRater] CHECK (("RaterId" IS NULL AND "RaterUserId" IS NOT NULL) OR ("RaterId" IS NOT NULL AND "RaterUserId" IS NULL));

CREATE INDEX [IX_Deliveries_AnnouncementId] ON [Deliveries] ([AnnouncementId]);

CREATE INDEX [IX_Cases_WaitsSince] ON [Cases] ([WaitsSince]);

CREATE INDEX [IX_AnnouncedLines_GoodsId] ON [AnnouncedLines] ([GoodsId]);

CREATE UNIQUE INDEX [IX_Announcements_DeliveryId] ON [Announcements] ([DeliveryId]) WHERE [DeliveryId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_Announcements_Key] ON [Announcements] ([Key]);

CREATE INDEX [IX_Announcements_OutletId] ON [Announcements] ([OutletId]);

CREATE INDEX [IX_Announcements_PledgeId] ON [Announcements] ([PledgeId]);

CREATE UNIQUE INDEX [IX_Announcements_Reference] ON [Announcements] ([Reference]);

CREATE INDEX [IX_Announcements_State_OutletId] ON [Announcements] ([State], [OutletId]);

CREATE UNIQUE INDEX [IX_AssessmentCorrections_AssessmentId_MemberId_Number] ON [AssessmentCorrections] ([AssessmentId], [MemberId], [Number]);

CREATE INDEX [IX_AssessmentCorrections_MemberId] ON [AssessmentCorrections] ([MemberId]);

CREATE UNIQUE INDEX [IX_AssessmentCorrections_OneWaits] ON [AssessmentCorrections] ([AssessmentId], [MemberId]) WHERE "State" = 'Waiting';

CREATE INDEX [IX_AuditSamples_BookId_Month] ON [AuditSamples] ([BookId], [Month]);

CREATE INDEX [IX_AwardCycles_AreaId] ON [AwardCycles] ([AreaId]);

CREATE INDEX [IX_AwardCycles_BookId_Year_Kind] ON [AwardCycles] ([BookId], [Year], [Kind]);

CREATE INDEX [IX_AwardCycles_State] ON [AwardCycles] ([State]);

CREATE INDEX [IX_AwardEvents_CycleId_Id] ON [AwardEvents] ([CycleId], [Id]);

CREATE UNIQUE INDEX [IX_AwardNominees_CycleId_MemberId] ON [AwardNominees] ([CycleId], [MemberId]) WHERE [MemberId] IS NOT NULL;

CREATE UNIQUE INDEX [IX_AwardNominees_CycleId_Name] ON [AwardNominees] ([CycleId], [Name]) WHERE [Name] IS NOT NULL;

CREATE INDEX [IX_AwardNominees_CycleId_Place] ON [AwardNominees] ([CycleId], [Place]);

CREATE UNIQUE INDEX [IX_AwardNominees_CycleId_SponsorId] ON [AwardNominees] ([CycleId], [SponsorId]) WHERE [SponsorId] IS NOT NULL;

CREATE INDEX [IX_AwardNominees_MemberId] ON [AwardNominees] ([MemberId]);

CREATE INDEX [IX_AwardNominees_SponsorId] ON [AwardNominees] ([SponsorId]);

CREATE UNIQUE INDEX [IX_AwardObjections_CycleId_MemberId] ON [AwardObjections] ([CycleId], [MemberId]);

CREATE INDEX [IX_AwardObjections_MemberId] ON [AwardObjections] ([MemberId]);

CREATE INDEX [IX_AwardObjections_NomineeId] ON [AwardObjections] ([NomineeId]);

CREATE INDEX [IX_AwardRecusals_UserId] ON [AwardRecusals] ([UserId]);

CREATE INDEX [IX_CardEvents_CardId] ON [CardEvents] ([CardId]);

CREATE INDEX [IX_CardEvents_RedemptionId] ON [CardEvents] ([RedemptionId]);

CREATE UNIQUE INDEX [IX_CaseFiles_EventId_Number] ON [CaseFiles] ([EventId], [Number]);

CREATE INDEX [IX_CertificatePrints_CertificateId_Id] ON [CertificatePrints] ([CertificateId], [Id]);

CREATE UNIQUE INDEX [IX_Certificates_BookId_Year_Serial] ON [Certificates] ([BookId], [Year], [Serial]);

CREATE UNIQUE INDEX [IX_Certificates_Code] ON [Certificates] ([Code]);

CREATE INDEX [IX_Certificates_CycleId] ON [Certificates] ([CycleId]);

CREATE INDEX [IX_Certificates_MemberId] ON [Certificates] ([MemberId]);

CREATE UNIQUE INDEX [IX_Certificates_NomineeId] ON [Certificates] ([NomineeId]);

CREATE INDEX [IX_Certificates_SponsorId] ON [Certificates] ([SponsorId]);

CREATE UNIQUE INDEX [IX_CoverOverrides_BookId_Month] ON [CoverOverrides] ([BookId], [Month]);

CREATE INDEX [IX_DeliveryLines_GoodsId] ON [DeliveryLines] ([GoodsId]);

CREATE UNIQUE INDEX [IX_DeliveryLines_LotId] ON [DeliveryLines] ([LotId]) WHERE [LotId] IS NOT NULL;

CREATE INDEX [IX_FollowUpEvents_FollowUpId] ON [FollowUpEvents] ([FollowUpId]);

CREATE UNIQUE INDEX [IX_FollowUps_ReconciliationId_Position] ON [FollowUps] ([ReconciliationId], [Position]) WHERE [Position] IS NOT NULL;

CREATE INDEX [IX_JobRuns_EndedAt] ON [JobRuns] ([EndedAt]);

CREATE INDEX [IX_JobRuns_Job_AskedAt] ON [JobRuns] ([Job], [AskedAt]);

CREATE UNIQUE INDEX [IX_JobRuns_Live] ON [JobRuns] ([Live]) WHERE [Live] IS NOT NULL;

CREATE INDEX [IX_LotMovements_LotId] ON [LotMovements] ([LotId]);

CREATE INDEX [IX_Lots_BookId] ON [Lots] ([BookId]);

CREATE INDEX [IX_Lots_GoodsId_UseBy] ON [Lots] ([GoodsId], [UseBy]);

CREATE INDEX [IX_LotStocks_LotId] ON [LotStocks] ([LotId]);

CREATE INDEX [IX_MeetingActions_DoneAt_DueDay] ON [MeetingActions] ([DoneAt], [DueDay]);

CREATE UNIQUE INDEX [IX_MeetingActions_MeetingId_Number] ON [MeetingActions] ([MeetingId], [Number]);

CREATE INDEX [IX_MeetingActions_OwnerMemberId] ON [MeetingActions] ([OwnerMemberId]);

CREATE INDEX [IX_MeetingActions_OwnerUserId] ON [MeetingActions] ([OwnerUserId]);

CREATE INDEX [IX_Meetings_AreaId_HeldOn] ON [Meetings] ([AreaId], [HeldOn]);

CREATE UNIQUE INDEX [IX_MonthClosings_BookId_Month_Past] ON [MonthClosings] ([BookId], [Month], [Past]);

CREATE INDEX [IX_MonthClosings_ReconciliationId] ON [MonthClosings] ([ReconciliationId]);

CREATE INDEX [IX_MonthFiles_BookId_Month_Kind] ON [MonthFiles] ([BookId], [Month], [Kind]);

CREATE UNIQUE INDEX [IX_MonthFiles_BookId_Sha256_Withdrawn] ON [MonthFiles] ([BookId], [Sha256], [Withdrawn]);

CREATE INDEX [IX_Pledges_GoodsId] ON [Pledges] ([GoodsId]);

CREATE UNIQUE INDEX [IX_Pledges_Key] ON [Pledges] ([Key]);

CREATE INDEX [IX_Pledges_OutletId] ON [Pledges] ([OutletId]);

CREATE UNIQUE INDEX [IX_Pledges_Reference] ON [Pledges] ([Reference]);

CREATE INDEX [IX_Pledges_SponsorId_State] ON [Pledges] ([SponsorId], [State]);

CREATE INDEX [IX_Pledges_State_OutletId] ON [Pledges] ([State], [OutletId]);

CREATE UNIQUE INDEX [IX_PoliceFigures_AreaId_Month_Key] ON [PoliceFigures] ([AreaId], [Month], [Key]);

CREATE INDEX [IX_PoliceFigures_Month] ON [PoliceFigures] ([Month]);

CREATE INDEX [IX_StockMoveLines_GoodsId] ON [StockMoveLines] ([GoodsId]);

CREATE INDEX [IX_StockMoves_FromOutletId] ON [StockMoves] ([FromOutletId]);

CREATE UNIQUE INDEX [IX_StockMoves_Key] ON [StockMoves] ([Key]);

CREATE UNIQUE INDEX [IX_StockMoves_Reference] ON [StockMoves] ([Reference]);

CREATE INDEX [IX_StockMoves_State_SentAt] ON [StockMoves] ([State], [SentAt]);

CREATE INDEX [IX_StockMoves_ToOutletId] ON [StockMoves] ([ToOutletId]);

CREATE INDEX [IX_StocktakeLines_GoodsId] ON [StocktakeLines] ([GoodsId]);

CREATE INDEX [IX_StocktakeLines_LotId] ON [StocktakeLines] ([LotId]);

CREATE UNIQUE INDEX [IX_Stocktakes_Key] ON [Stocktakes] ([Key]);

CREATE UNIQUE INDEX [IX_Stocktakes_OpenOutletId] ON [Stocktakes] ([OpenOutletId]) WHERE [OpenOutletId] IS NOT NULL;

CREATE INDEX [IX_Stocktakes_OutletId_Month] ON [Stocktakes] ([OutletId], [Month]);

CREATE INDEX [IX_Stocktakes_State_OpenedAt] ON [Stocktakes] ([State], [OpenedAt]);

CREATE INDEX [IX_StockThresholds_GoodsId] ON [StockThresholds] ([GoodsId]);

CREATE INDEX [IX_SupermarketCards_Batch] ON [SupermarketCards] ([Batch]);

CREATE UNIQUE INDEX [IX_SupermarketCards_GoodsId_Serial] ON [SupermarketCards] ([GoodsId], [Serial]);

CREATE INDEX [IX_SupermarketCards_OutletId_GoodsId_State] ON [SupermarketCards] ([OutletId], [GoodsId], [State]);

CREATE INDEX [IX_SupermarketCards_RedemptionId_GoodsId] ON [SupermarketCards] ([RedemptionId], [GoodsId]);

CREATE INDEX [IX_SupermarketCards_Serial] ON [SupermarketCards] ([Serial]);

CREATE UNIQUE INDEX [IX_TipPhotos_TipId_Number] ON [TipPhotos] ([TipId], [Number]);

ALTER TABLE [Evaluations] ADD CONSTRAINT [FK_Evaluations_AspNetUsers_RaterUserId] FOREIGN KEY ([RaterUserId]) REFERENCES [AspNetUsers] ([Id]) ON DELETE NO ACTION;

ALTER TABLE [ScoringRules] ADD CONSTRAINT [FK_ScoringRules_TaskCategories_Category] FOREIGN KEY ([Category]) REFERENCES [TaskCategories] ([Code]) ON DELETE NO ACTION;

INSERT INTO "DeliveryLines" ("DeliveryId", "Position", "GoodsId", "Accepted", "Refused", "Expires")
SELECT "Id", 0, "GoodsId", "Quantity", 0, "Expires" FROM "Deliveries";

ALTER TABLE [Deliveries] DROP CONSTRAINT [FK_Deliveries_Goods_GoodsId];

DROP INDEX [IX_Deliveries_GoodsId] ON [Deliveries];

ALTER TABLE [Deliveries] DROP CONSTRAINT [CK_Deliveries_Quantity];

DECLARE @var3 nvarchar(max);
SELECT @var3 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[Deliveries]') AND [c].[name] = N'Expires');
IF @var3 IS NOT NULL EXEC(N'ALTER TABLE [Deliveries] DROP CONSTRAINT ' + @var3 + ';');
ALTER TABLE [Deliveries] DROP COLUMN [Expires];

DECLARE @var4 nvarchar(max);
SELECT @var4 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[Deliveries]') AND [c].[name] = N'GoodsId');
IF @var4 IS NOT NULL EXEC(N'ALTER TABLE [Deliveries] DROP CONSTRAINT ' + @var4 + ';');
ALTER TABLE [Deliveries] DROP COLUMN [GoodsId];

DECLARE @var5 nvarchar(max);
SELECT @var5 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[Deliveries]') AND [c].[name] = N'Quantity');
IF @var5 IS NOT NULL EXEC(N'ALTER TABLE [Deliveries] DROP CONSTRAINT ' + @var5 + ';');
ALTER TABLE [Deliveries] DROP COLUMN [Quantity];

UPDATE "Cases" SET "WaitsFor" = 'Closing', "WaitsSince" = "SubmittedAt" WHERE "State" = 'Submitted'

UPDATE "Cases" SET "WaitsFor" = 'Revisit', "WaitsSince" = "RevisitAskedAt" WHERE "State" = 'Closed' AND "RevisitAskedAt" IS NOT NULL AND "RevisitedAt" IS NULL

UPDATE "Cases" SET "WaitsFor" = 'Claim', "WaitsSince" = (SELECT MAX("Claims"."AskedAt") FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" = 'Asked')
WHERE "State" = 'Open' AND EXISTS (SELECT 1 FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" = 'Asked')

UPDATE "Cases" SET "WaitsFor" = 'Extension', "WaitsSince" = (SELECT MAX("CaseEvents"."At") FROM "CaseEvents" WHERE "CaseEvents"."CaseId" = "Cases"."Id" AND "CaseEvents"."Change" = 'ExtensionAsked')
WHERE "State" = 'Claimed' AND EXISTS (SELECT 1 FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" = 'Held' AND "Claims"."Extension" = 'Asked')

UPDATE "Cases" SET "WaitsFor" = 'Deadline', "WaitsSince" = DATEADD(hour, 16, CAST("ClaimBy" AS datetime2)) WHERE "State" = 'Open' AND "ClaimBy" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Claims" WHERE "Claims"."CaseId" = "Cases"."Id" AND "Claims"."State" IN ('Asked', 'Held', 'Submitted'))

CREATE TRIGGER [LedgerClosings_Keep] ON [LedgerClosings] INSTEAD OF UPDATE, DELETE AS
BEGIN SET NOCOUNT ON; THROW 51000, 'LedgerClosings is append-only', 1; END;

CREATE TRIGGER [LedgerTransactions_Closed] ON [LedgerTransactions] AFTER INSERT AS
BEGIN
  SET NOCOUNT ON;
  IF EXISTS (SELECT 1 FROM inserted AS i INNER JOIN [LedgerBooks] AS b ON b.[Id] = i.[BookId] AND b.[Sequence] < i.[Sequence] WHERE i.[HappenedAt] < b.[ClosedBefore])
    THROW 51002, 'the month is closed', 1;
END;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261127231417_MonthEnd', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [StocktakeLines] ADD [Scanned] bit NOT NULL DEFAULT CAST(0 AS bit);

CREATE TABLE [FollowUpCards] (
    [FollowUpId] int NOT NULL,
    [Serial] nvarchar(32) NOT NULL,
    [Sighting] nvarchar(32) NOT NULL,
    CONSTRAINT [PK_FollowUpCards] PRIMARY KEY ([FollowUpId], [Serial]),
    CONSTRAINT [FK_FollowUpCards_FollowUps_FollowUpId] FOREIGN KEY ([FollowUpId]) REFERENCES [FollowUps] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [PastReopenings] (
    [Id] int NOT NULL IDENTITY,
    [ClosingId] int NOT NULL,
    [AskedBy] nvarchar(64) NOT NULL,
    [AskedAt] datetime2 NOT NULL,
    [Reason] nvarchar(500) NOT NULL,
    [EndedBy] nvarchar(64) NOT NULL,
    [EndedAt] datetime2 NOT NULL,
    [Words] nvarchar(500) NULL,
    CONSTRAINT [PK_PastReopenings] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_PastReopenings_MonthClosings_ClosingId] FOREIGN KEY ([ClosingId]) REFERENCES [MonthClosings] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [StocktakeCards] (
    [StocktakeId] int NOT NULL,
    [Position] int NOT NULL,
    [Serial] nvarchar(32) NOT NULL,
    [Sighting] nvarchar(32) NOT NULL,
    CONSTRAINT [PK_StocktakeCards] PRIMARY KEY ([StocktakeId], [Position], [Serial]),
    CONSTRAINT [FK_StocktakeCards_StocktakeLines_StocktakeId_Position] FOREIGN KEY ([StocktakeId], [Position]) REFERENCES [StocktakeLines] ([StocktakeId], [Position]) ON DELETE CASCADE
);

CREATE INDEX [IX_PastReopenings_ClosingId] ON [PastReopenings] ([ClosingId]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128022455_CardsInCounts', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [PaymentLines] ADD [ClaimBack] nvarchar(200) NULL;

ALTER TABLE [PaymentLines] ADD [ReversalId] int NULL;

ALTER TABLE [FundMovements] ADD [ReturnedFen] bigint NOT NULL DEFAULT CAST(0 AS bigint);

ALTER TABLE [Claims] ADD [MoneyFen] bigint NOT NULL DEFAULT CAST(0 AS bigint);

ALTER TABLE [Cases] ADD [FundId] int NULL;

ALTER TABLE [Cases] ADD [MoneyFen] bigint NOT NULL DEFAULT CAST(0 AS bigint);

CREATE TABLE [CaseMoney] (
    [CaseId] int NOT NULL,
    [Round] int NOT NULL,
    [PaymentId] int NOT NULL,
    CONSTRAINT [PK_CaseMoney] PRIMARY KEY ([CaseId], [Round]),
    CONSTRAINT [FK_CaseMoney_Cases_CaseId] FOREIGN KEY ([CaseId]) REFERENCES [Cases] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_CaseMoney_Payments_PaymentId] FOREIGN KEY ([PaymentId]) REFERENCES [Payments] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [PaymentFiles] (
    [Id] int NOT NULL IDENTITY,
    [PaymentId] int NOT NULL,
    [Number] int NOT NULL,
    [Name] nvarchar(80) NOT NULL,
    [FileName] nvarchar(40) NOT NULL,
    [Photo] nvarchar(32) NULL,
    [Kind] nvarchar(32) NULL,
    [Bytes] int NOT NULL,
    [Hash] nvarchar(64) NOT NULL,
    [AddedAt] datetime2 NOT NULL,
    [AddedBy] nvarchar(64) NOT NULL,
    CONSTRAINT [PK_PaymentFiles] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_PaymentFiles_Number] CHECK ("Number" BETWEEN 1 AND 6),
    CONSTRAINT [CK_PaymentFiles_OneKind] CHECK (("Photo" IS NULL AND "Kind" IS NOT NULL) OR ("Photo" IS NOT NULL AND "Kind" IS NULL)),
    CONSTRAINT [FK_PaymentFiles_Payments_PaymentId] FOREIGN KEY ([PaymentId]) REFERENCES [Payments] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [PaymentReversals] (
    [Id] int NOT NULL IDENTITY,
    [PaymentId] int NOT NULL,
    [Position] int NULL,
    [AmountFen] bigint NOT NULL,
    [Reason] nvarchar(200) NOT NULL,
    [ApproversNeeded] int NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [AskedAt] datetime2 NOT NULL,
    [AskedBy] nvarchar(64) NOT NULL,
    [EndedAt] datetime2 NULL,
    [EndedBy] nvarchar(64) NULL,
    [EndReason] nvarchar(200) NULL,
    [Sequence] bigint NULL,
    CONSTRAINT [PK_PaymentReversals] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_PaymentReversals_Amount] CHECK ("AmountFen" > 0),
    CONSTRAINT [CK_PaymentReversals_Ladder] CHECK ("ApproversNeeded" IN (1, 2)),
    CONSTRAINT [CK_PaymentReversals_TwoPeople] CHECK ("State" <> 'Done' OR "EndedBy" <> "AskedBy"),
    CONSTRAINT [FK_PaymentReversals_Payments_PaymentId] FOREIGN KEY ([PaymentId]) REFERENCES [Payments] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ReversalApprovals] (
    [ReversalId] int NOT NULL,
    [By] nvarchar(64) NOT NULL,
    [At] datetime2 NOT NULL,
    CONSTRAINT [PK_ReversalApprovals] PRIMARY KEY ([ReversalId], [By]),
    CONSTRAINT [FK_ReversalApprovals_PaymentReversals_ReversalId] FOREIGN KEY ([ReversalId]) REFERENCES [PaymentReversals] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_PaymentLines_ReversalId] ON [PaymentLines] ([ReversalId]);

ALTER TABLE [FundMovements] ADD CONSTRAINT [CK_FundMovements_Returned] CHECK ("ReturnedFen" >= 0 AND "ReturnedFen" <= "AmountFen");

CREATE INDEX [IX_Cases_FundId] ON [Cases] ([FundId]);

ALTER TABLE [Cases] ADD CONSTRAINT [CK_Cases_Money] CHECK (("FundId" IS NULL AND "MoneyFen" = 0) OR ("FundId" IS NOT NULL AND "MoneyFen" > 0));

CREATE UNIQUE INDEX [IX_CaseMoney_PaymentId] ON [CaseMoney] ([PaymentId]);

CREATE UNIQUE INDEX [IX_PaymentFiles_PaymentId_Number] ON [PaymentFiles] ([PaymentId], [Number]);

CREATE UNIQUE INDEX [IX_PaymentReversals_OneWaits] ON [PaymentReversals] ([PaymentId]) WHERE "State" = 'Asked';

CREATE INDEX [IX_PaymentReversals_PaymentId] ON [PaymentReversals] ([PaymentId]);

ALTER TABLE [Cases] ADD CONSTRAINT [FK_Cases_Funds_FundId] FOREIGN KEY ([FundId]) REFERENCES [Funds] ([Id]) ON DELETE NO ACTION;

ALTER TABLE [PaymentLines] ADD CONSTRAINT [FK_PaymentLines_PaymentReversals_ReversalId] FOREIGN KEY ([ReversalId]) REFERENCES [PaymentReversals] ([Id]) ON DELETE NO ACTION;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128024705_MoneyBack', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
DROP INDEX [IX_AwardObjections_CycleId_MemberId] ON [AwardObjections];

DROP INDEX [IX_AssessmentObjections_AssessmentId_MemberId] ON [AssessmentObjections];

ALTER TABLE [AwardObjections] ADD [Round] int NOT NULL DEFAULT 0;

ALTER TABLE [AwardNominees] ADD [Dropped] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [AssessmentObjections] ADD [Round] int NOT NULL DEFAULT 0;

CREATE TABLE [EarlierMinutes] (
    [MeetingId] int NOT NULL,
    [Number] int NOT NULL,
    [HeldOn] date NOT NULL,
    [Title] nvarchar(80) NOT NULL,
    [Notes] nvarchar(4000) NOT NULL,
    [WrittenBy] nvarchar(64) NOT NULL,
    [WrittenAt] datetime2 NOT NULL,
    CONSTRAINT [PK_EarlierMinutes] PRIMARY KEY ([MeetingId], [Number]),
    CONSTRAINT [FK_EarlierMinutes_Meetings_MeetingId] FOREIGN KEY ([MeetingId]) REFERENCES [Meetings] ([Id]) ON DELETE NO ACTION
);

CREATE UNIQUE INDEX [IX_AwardObjections_CycleId_MemberId_Round] ON [AwardObjections] ([CycleId], [MemberId], [Round]);

CREATE UNIQUE INDEX [IX_AssessmentObjections_AssessmentId_MemberId_Round] ON [AssessmentObjections] ([AssessmentId], [MemberId], [Round]);

ALTER TABLE [FollowUps] ADD [PaymentId] int NULL;

CREATE TABLE [FundProposals] (
    [Id] int NOT NULL IDENTITY,
    [FundId] int NOT NULL,
    [Before] nvarchar(80) NOT NULL,
    [Purposes] nvarchar(80) NOT NULL,
    [From] date NOT NULL,
    [Reason] nvarchar(500) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [ProposedAt] datetime2 NOT NULL,
    [ProposedBy] nvarchar(64) NOT NULL,
    [DecidedAt] datetime2 NULL,
    [DecidedBy] nvarchar(64) NULL,
    [Answer] nvarchar(500) NULL,
    CONSTRAINT [PK_FundProposals] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_FundProposals_Funds_FundId] FOREIGN KEY ([FundId]) REFERENCES [Funds] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_FollowUps_PaymentId] ON [FollowUps] ([PaymentId]);

CREATE INDEX [IX_FundProposals_FundId_State] ON [FundProposals] ([FundId], [State]);

ALTER TABLE [FollowUps] ADD CONSTRAINT [FK_FollowUps_Payments_PaymentId] FOREIGN KEY ([PaymentId]) REFERENCES [Payments] ([Id]) ON DELETE NO ACTION;

ALTER TABLE [SupermarketCards] ADD [Move] nvarchar(40) NULL;

ALTER TABLE [DeliveryLines] ADD [ValueFen] int NOT NULL DEFAULT 0;

CREATE TABLE [SecondSignatures] (
    [Id] int NOT NULL IDENTITY,
    [Kind] nvarchar(32) NOT NULL,
    [OutletId] int NOT NULL,
    [Subject] nvarchar(40) NOT NULL,
    [Open] nvarchar(80) NULL,
    [AskedAt] datetime2 NOT NULL,
    [AskedBy] nvarchar(64) NOT NULL,
    [Reason] nvarchar(200) NOT NULL,
    [State] nvarchar(32) NOT NULL,
    [DecidedAt] datetime2 NULL,
    [DecidedBy] nvarchar(64) NULL,
    [Sequence] bigint NULL,
    CONSTRAINT [PK_SecondSignatures] PRIMARY KEY ([Id]),
    CONSTRAINT [CK_SecondSignatures_TwoPeople] CHECK ("State" = 'Waiting' OR ("DecidedBy" IS NOT NULL AND "DecidedBy" <> "AskedBy")),
    CONSTRAINT [FK_SecondSignatures_Outlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [Outlets] ([Id]) ON DELETE NO ACTION
);

UPDATE "DeliveryLines" SET "ValueFen" = (SELECT g."ValueFen" FROM "Goods" AS g WHERE g."Id" = "DeliveryLines"."GoodsId");

UPDATE "Pledges" SET "State" = 'Accepted' WHERE "State" = 'Delivered' AND "Id" IN (SELECT a."PledgeId" FROM "Announcements" AS a WHERE a."DeliveryId" IN (SELECT d."Id" FROM "Deliveries" AS d
  INNER JOIN "Outlets" AS o ON o."Id" = d."OutletId" INNER JOIN "Areas" AS p ON p."Id" = o."AreaId"
  INNER JOIN "LedgerTransactions" AS t ON t."BookId" = p."BookId" AND t."Kind" = 'delivery' AND t."Subject" = d."Reference"
  INNER JOIN "LedgerTransactions" AS r ON r."BookId" = t."BookId" AND r."RelatedSequence" = t."Sequence" AND r."Relation" = 'Reverses'));

UPDATE "Announcements" SET "State" = 'Announced', "DeliveryId" = NULL WHERE "DeliveryId" IN (SELECT d."Id" FROM "Deliveries" AS d
  INNER JOIN "Outlets" AS o ON o."Id" = d."OutletId" INNER JOIN "Areas" AS p ON p."Id" = o."AreaId"
  INNER JOIN "LedgerTransactions" AS t ON t."BookId" = p."BookId" AND t."Kind" = 'delivery' AND t."Subject" = d."Reference"
  INNER JOIN "LedgerTransactions" AS r ON r."BookId" = t."BookId" AND r."RelatedSequence" = t."Sequence" AND r."Relation" = 'Reverses');

CREATE INDEX [IX_SupermarketCards_Move] ON [SupermarketCards] ([Move]);

CREATE UNIQUE INDEX [IX_SecondSignatures_Open] ON [SecondSignatures] ([Open]) WHERE [Open] IS NOT NULL;

CREATE INDEX [IX_SecondSignatures_OutletId] ON [SecondSignatures] ([OutletId]);

CREATE INDEX [IX_SecondSignatures_State_AskedAt] ON [SecondSignatures] ([State], [AskedAt]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128062229_TwoHands', N'10.0.14');

COMMIT;
GO

