//! Creates the tables of machinery: `job`, `schedule`, `lease`, `idempotency_record`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, blob, json_binary, string, string_null, string_uniq,
    timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};

use crate::shape::{index, reference, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(job()).await?;
        manager
            .create_index(index("job", &["done_at", "dead_at", "run_at"]))
            .await?;
        manager.create_table(schedule()).await?;
        manager
            .create_index(index("schedule", &["next_run_at"]))
            .await?;
        manager.create_table(lease()).await?;
        manager.create_table(idempotency_record()).await?;
        manager
            .create_index(unique("idempotency_record", &["scope", "idempotency_key"]))
            .await?;
        manager
            .create_index(index("idempotency_record", &["created_at"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("idempotency_record").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("lease").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("schedule").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("job").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn job() -> TableCreateStatement {
    Table::create()
        .table("job")
        .col(uuid("id"))
        .col(uuid_null("organization_id"))
        .col(string("kind"))
        .col(json_binary("payload"))
        .col(string_null("dedupe_key").unique_key())
        .col(timestamp_with_time_zone("run_at"))
        .col(big_integer("attempts"))
        .col(big_integer("max_attempts"))
        .col(string_null("locked_by"))
        .col(timestamp_with_time_zone_null("locked_until"))
        .col(timestamp_with_time_zone_null("done_at"))
        .col(timestamp_with_time_zone_null("dead_at"))
        .col(string_null("last_error"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "job",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn schedule() -> TableCreateStatement {
    Table::create()
        .table("schedule")
        .col(uuid("id"))
        .col(uuid_null("organization_id"))
        .col(string_uniq("name"))
        .col(string("cron"))
        .col(string("time_zone"))
        .col(string("job_kind"))
        .col(json_binary("job_payload"))
        .col(timestamp_with_time_zone("next_run_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "schedule",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn lease() -> TableCreateStatement {
    Table::create()
        .table("lease")
        .col(string("name"))
        .col(string("holder"))
        .col(timestamp_with_time_zone("until"))
        .col(big_integer("fence"))
        .primary_key(Index::create().col("name"))
        .to_owned()
}

fn idempotency_record() -> TableCreateStatement {
    Table::create()
        .table("idempotency_record")
        .col(uuid("id"))
        .col(uuid("organization_id"))
        .col(string("scope"))
        .col(string("idempotency_key"))
        .col(blob("request_hash"))
        .col(big_integer_null("status"))
        .col(string_null("answer"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut reference(
            "idempotency_record",
            "organization_id",
            "organization",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
