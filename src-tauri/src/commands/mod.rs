//! One thin function a command of the window: it hands the arguments to the core and its view back.
//!
//! To add a command, add the function in the file of its slice and name it in [`handler`].

mod checks;
mod contact;
mod device;
mod devices;
mod drafts;
mod identity;
mod lock;
mod my_data;
mod outbox;
mod photo;
mod reports;
mod settings;
mod staff;
mod updates;
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
        identity::scan_card,
        identity::register_check,
        identity::register_start,
        identity::register_finish,
        identity::challenge_view,
        identity::challenge_resend,
        identity::challenge_drop,
        identity::sign_in,
        identity::sign_in_finish,
        identity::reset_start,
        identity::reset_finish,
        identity::sign_out,
        identity::use_passphrase,
        identity::key_store_retry,
        lock::pin_check,
        lock::lock_set,
        lock::lock_remove,
        lock::lock_open,
        lock::lock_after,
        lock::lock_now,
        lock::person_active,
        checks::verify_view,
        checks::card_check,
        checks::card_free,
        checks::national_check,
        checks::national_drop,
        contact::contact_view,
        contact::phone_change_start,
        contact::phone_change_finish,
        contact::representative_start,
        contact::representative_finish,
        contact::representative_withdraw,
        device::device_view,
        device::read_card,
        device::link_take,
        device::notices_allow,
        devices::devices,
        devices::device_cut_off,
        devices::devices_seen,
        my_data::my_data,
        my_data::consent_set,
        my_data::home_unit_set,
        my_data::data_ask,
        my_data::data_take_back,
        my_data::data_export,
        my_data::export_progress,
        my_data::data_tasks,
        my_data::data_answer,
        my_data::account_forget,
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
        outbox::set_aside,
        reports::catalogue,
        reports::home_view,
        reports::reports_mine,
        reports::report_view,
        reports::act,
        reports::act_draft,
        workbench::queue_page,
        workbench::unit_work,
        staff::password_check,
        staff::password_change,
        staff::factor_begin,
        staff::factor_confirm,
        staff::factor_done,
        staff::staff_list,
        staff::staff_add,
        staff::staff_act,
        staff::staff_import,
        staff::audit_list,
        settings::settings_get,
        settings::settings_set,
        settings::text_factor,
        updates::update_find,
        updates::update_install,
    ]
}

#[cfg(test)]
mod tests {
    /// What the window calls, as its one door says.
    const BRIDGE: &str = include_str!("../../../ui/src/lib/bridge/index.ts");
    const HANDLER: &str = include_str!("mod.rs");

    fn called() -> Vec<&'static str> {
        let calls = BRIDGE.split("ask<").skip(1).filter_map(|rest| rest.split_once("('"));
        let others = |door: &'static str| BRIDGE.split(door).skip(1).map(|rest| ("", rest));
        let calls = calls.chain(others("callRaw('")).chain(others("callTelling('"));
        calls.filter_map(|(_, rest)| rest.split('\'').next()).collect()
    }

    #[test]
    fn every_call_of_the_window_has_its_command() {
        let called = called();
        assert!(called.contains(&"draft_submit") && called.contains(&"draft_add_photo"), "{called:?}");
        for name in called {
            assert!(HANDLER.contains(&format!("::{name},")), "no command {name}");
        }
    }

    #[test]
    fn every_command_is_called_by_the_window() {
        let list = HANDLER.split("generate_handler![").nth(1).and_then(|it| it.split(']').next()).unwrap();
        for entry in list.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once("::")) {
            assert!(called().contains(&entry.1), "nobody calls {}", entry.1);
        }
    }
}
