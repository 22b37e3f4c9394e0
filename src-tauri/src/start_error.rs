//! Why the app did not start, told to the person who tried.

use std::path::PathBuf;
#[cfg(desktop)]
use std::process::ExitCode;

/// Why the app did not start. Each has one sentence for people and one exit code for scripts.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The system names no folder for the data of apps, and none was given.
    #[error("no data folder; pass --data-dir")]
    NoDataFolder,
    /// There is no deployment file.
    #[error("no deployment file; pass --deployment")]
    NoDeployment,
    /// The deployment file cannot be used.
    #[error("deployment file {path}: {reason}")]
    Deployment {
        /// The file, or a word for what the build carries.
        path: PathBuf,
        /// What is wrong, with line and column if it is JSON.
        reason: String,
    },
    /// The deployment file names no usable key or profile.
    #[error("the deployment file names no usable root key or profile")]
    UnusableDeployment,
    /// A clock of its own was asked for outside a trial.
    #[error("--clock-start is only for a deployment with \"demo\": true")]
    ClockOutsideTrial,
    /// Another process has this data folder.
    #[error("the data folder is in use by another window")]
    InUse,
    /// The store cannot be opened.
    #[error("the store cannot be opened: {0}")]
    Store(String),
    /// The system gives no window.
    #[error("no window: {0}")]
    Window(String),
}

impl StartError {
    /// The sentences that a person reads, Vietnamese first.
    #[must_use]
    pub fn words(&self) -> String {
        let vietnamese = match self {
            Self::NoDataFolder => "Máy không cho biết nơi lưu dữ liệu. Hãy thêm --data-dir THƯ_MỤC.",
            Self::NoDeployment => "Ứng dụng chưa biết máy chủ nào. Hãy thêm --deployment TỆP.",
            Self::Deployment { .. } | Self::UnusableDeployment => "Tệp mô tả máy chủ không dùng được.",
            Self::ClockOutsideTrial => "Chỉ bản dùng thử mới được đặt giờ riêng.",
            Self::InUse => {
                "Ứng dụng đang mở ở một cửa sổ khác với cùng dữ liệu này. Hãy dùng cửa sổ đó, hoặc đóng nó rồi mở lại."
            }
            Self::Store(_) => {
                "Không mở được nơi lưu trên máy này. Dữ liệu đã lưu vẫn còn nguyên, chưa bị xóa."
            }
            Self::Window(_) => "Máy không mở được cửa sổ.",
        };
        format!("{vietnamese}\n{self}")
    }

    /// 3 for a data folder in use, 2 for a wrong command line or file, 1 for all else.
    #[cfg(desktop)]
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::InUse => 3,
            Self::NoDataFolder
            | Self::NoDeployment
            | Self::Deployment { .. }
            | Self::UnusableDeployment
            | Self::ClockOutsideTrial => 2,
            Self::Store(_) | Self::Window(_) => 1,
        })
    }

    /// Says it on standard error, and in a small dialog unless `quiet`.
    pub fn tell(&self, quiet: bool) {
        let words = self.words();
        // Standard error may be closed; then there is nobody to tell on it.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{words}\n").as_bytes());
        if !quiet {
            show(&words);
        }
    }
}

#[cfg(desktop)]
fn show(words: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Thủy Nguyên Smart")
        .set_description(words)
        .show();
}

#[cfg(mobile)]
fn show(_words: &str) {}
