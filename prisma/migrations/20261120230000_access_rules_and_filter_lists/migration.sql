-- CreateEnum
CREATE TYPE "access_rule_kind" AS ENUM ('PATH_PATTERN', 'CLIENT');

-- CreateEnum
CREATE TYPE "access_rule_action" AS ENUM ('BLOCK', 'ALLOW');

-- CreateTable
CREATE TABLE "access_rules" (
    "id" UUID NOT NULL,
    "kind" "access_rule_kind" NOT NULL,
    "pattern" VARCHAR(500) NOT NULL,
    "action" "access_rule_action" NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "filter_lists" (
    "id" UUID NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "url" VARCHAR(2000) NOT NULL,
    "etag" VARCHAR(500),
    "last_modified" VARCHAR(100),
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "body" BYTEA NOT NULL,
    "sha256" CHAR(64) NOT NULL,

    CONSTRAINT "filter_lists_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "access_rules_expires_at_idx" ON "access_rules"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "access_rules_kind_pattern_key" ON "access_rules"("kind", "pattern");

-- CreateIndex
CREATE UNIQUE INDEX "filter_lists_name_key" ON "filter_lists"("name");

-- CreateIndex
CREATE UNIQUE INDEX "filter_lists_url_key" ON "filter_lists"("url");
