//! The index by which campaigns are listed with what all their posts ever did: of the sums of
//! posts it holds the few measures of that list, with their values.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const NAME: &str = "ix_figure_day_campaign_sums";
/// The store asks in the same words, by which both databases know that the index serves.
const WHAT: &str = "ON figure_day (organization_id, scope, subject_id, day, measure, value) \
     WHERE scope = 'post' \
     AND measure IN ('click', 'share_confirmed', 'share_proven', 'share_published')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let how = if manager.get_database_backend() == DbBackend::Postgres {
            // It grows with use, so its writers go on meanwhile. An attempt that broke off left an
            // index that is not valid.
            connection
                .execute_unprepared(&format!("DROP INDEX IF EXISTS {NAME}"))
                .await?;
            "CREATE INDEX CONCURRENTLY"
        } else {
            "CREATE INDEX"
        };
        connection
            .execute_unprepared(&format!("{how} {NAME} {WHAT}"))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Index::drop().table("figure_day").name(NAME).to_owned();
        manager.drop_index(drop).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(false)
    }
}
