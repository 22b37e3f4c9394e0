//! One thin function a command of the window: it hands the arguments to the core and its view back.
//!
//! To add a command, add the function in the file of its slice and name it in [`handler`].

mod drafts;
mod identity;
mod outbox;
mod photo;
mod reports;
mod settings;
mod workbench;

use std::sync::Arc;

use citizen_core::app::{App, AppError};
use tauri::State;
use tauri::ipc::Invoke;

/// The core, as Tauri hands it to a command.
type Core<'a> = State<'a, Arc<App>>;

/// What a command answers: a view, or the stable code of a failure.
type Answer<T> = Result<T, AppError>;

/// All commands of the window.
pub fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        identity::session_view,
        identity::sign_in,
        identity::sign_out,
        identity::use_passphrase,
        drafts::draft_new,
        drafts::draft_get,
        drafts::draft_save,
        drafts::draft_delete,
        photo::draft_add_photo,
        drafts::draft_remove_photo,
        drafts::draft_submit,
        outbox::outbox_view,
        outbox::outbox_recall,
        outbox::outbox_delete,
        outbox::outbox_retry,
        outbox::outbox_drop_photo,
        reports::catalogue,
        reports::home_view,
        reports::reports_mine,
        reports::report_view,
        reports::act,
        reports::act_draft,
        workbench::queue_page,
        workbench::unit_work,
        settings::settings_get,
        settings::settings_set,
    ]
}
