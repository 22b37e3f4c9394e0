//! One instance of the app: its folder, its core, and the core's worker.

use std::path::Path;
use std::sync::Arc;

use citizen_contract::deployment::Deployment;
use citizen_core::app::{App, AppConfig, AppError};
use citizen_core::http::HttpTransport;
use citizen_core::ports::{Clock as _, NoObserver, Ports, SystemClock, SystemRandom};
use citizen_core::store::StoreError;

use crate::arguments::Arguments;
use crate::start_error::StartError;
use crate::{deployment, key_store};

/// Opens the core of the instance in `data_dir`. Blocks, and makes no request.
///
/// # Errors
/// [`StartError`].
pub fn open(arguments: &Arguments, data_dir: &Path) -> Result<Arc<App>, StartError> {
    let deployment = deployment::find(arguments.deployment.as_deref(), data_dir)?;
    let ports = ports(arguments, &deployment)?;
    let config = AppConfig {
        data_dir: data_dir.to_owned(),
        instance: key_store::instance::name(data_dir).map_err(|error| told(AppError::Store(error)))?,
        deployment,
        device_name: device_name(),
    };
    let app = tauri::async_runtime::block_on(App::open(config, ports)).map_err(told)?;
    Ok(Arc::new(app))
}

/// The folder that is used when none is named: the system's place for the data of apps.
#[cfg(desktop)]
pub fn usual_folder(identifier: &str) -> Result<std::path::PathBuf, StartError> {
    Ok(dirs::data_dir().ok_or(StartError::NoDataFolder)?.join(identifier))
}

fn ports(arguments: &Arguments, deployment: &Deployment) -> Result<Ports, StartError> {
    let transport = HttpTransport::new(&deployment.base_url, &[])
        .map_err(|error| StartError::Store(error.to_string()))?;
    Ok(Ports {
        clock: Arc::new(clock(arguments, deployment)?),
        random: Arc::new(SystemRandom),
        keys: key_store::choose(arguments.key_store),
        transport: Arc::new(transport),
        phases: Arc::new(NoObserver),
    })
}

/// The device's clock, or in a trial one that starts when the sample world does.
fn clock(arguments: &Arguments, deployment: &Deployment) -> Result<SystemClock, StartError> {
    match arguments.clock_start {
        None => Ok(SystemClock::default()),
        Some(_) if !deployment.demo => Err(StartError::ClockOutsideTrial),
        Some(start) => Ok(SystemClock { shift_ms: start.0.saturating_sub(SystemClock::default().now().0) }),
    }
}

/// How the person tells this device from others in a list; the machine's own name stays private.
fn device_name() -> String {
    let system = match std::env::consts::OS {
        "android" => "Android",
        "ios" => "iPhone, iPad",
        "macos" => "macOS",
        "windows" => "Windows",
        _ => "Linux",
    };
    system.to_owned()
}

fn told(error: AppError) -> StartError {
    match error {
        AppError::Store(StoreError::InUse) => StartError::InUse,
        AppError::Deployment => StartError::UnusableDeployment,
        other => StartError::Store(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use citizen_contract::time::UtcMillis;

    use super::*;

    fn deployment(demo: bool) -> Deployment {
        Deployment {
            base_url: "https://may-chu.mau.vn".into(),
            root_public_key: String::new(),
            profile: "thuy-nguyen".into(),
            demo,
        }
    }

    #[test]
    fn a_clock_of_its_own_is_only_for_a_trial() {
        let start = UtcMillis(1_712_000_000_000);
        let arguments = Arguments { clock_start: Some(start), ..Arguments::default() };
        assert!(matches!(clock(&arguments, &deployment(false)), Err(StartError::ClockOutsideTrial)));
        assert!(clock(&arguments, &deployment(true)).unwrap().now() >= start);
        assert_eq!(clock(&Arguments::default(), &deployment(false)).unwrap().shift_ms, 0);
    }
}
