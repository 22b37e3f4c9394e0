//! Wine with a folder of its own, in which Windows programs find what they ask of the system.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::cache::Cache;
use crate::run;

/// Rust's standard library takes its randomness from `ProcessPrng`, whose library this Wine lacks.
const SHIM: &str = r#"#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    while (length > 0) {
        ULONG piece = length > 0x10000000 ? 0x10000000 : (ULONG)length;
        if (!SystemFunction036(data, piece)) return FALSE;
        data += piece;
        length -= piece;
    }
    return TRUE;
}
"#;
const SHIM_PLACE: &str = "drive_c/windows/system32/bcryptprimitives.dll";

/// A Wine that is ready to run programs.
#[derive(Debug)]
pub struct Wine {
    folder: PathBuf,
}

impl Wine {
    /// Prepares the folder if that was not done yet.
    pub fn prepare(cache: &Cache) -> Result<Self, String> {
        let wine = Self { folder: cache.folder("wine")? };
        if !wine.folder.join("system.reg").is_file() {
            run::finish(wine.command("wineboot").arg("--init"))?;
            run::finish(wine.command("wineserver").arg("--wait"))?;
        }
        let shim = wine.folder.join(SHIM_PLACE);
        if !shim.is_file() {
            build_shim(cache, &shim)?;
        }
        Ok(wine)
    }

    /// A Windows program, to be run in `folder`.
    pub fn program(&self, file: &Path, folder: &Path) -> Command {
        let mut command = self.command("wine");
        command.arg(file).current_dir(folder);
        command
    }

    fn command(&self, name: &str) -> Command {
        let mut command = run::command(name);
        command.env("WINEPREFIX", &self.folder).env("WINEARCH", "win64").env("WINEDEBUG", "-all");
        // Neither .NET nor web pages are asked for, and without these Wine wants to fetch them.
        command.env("WINEDLLOVERRIDES", "mscoree,mshtml=").env_remove("DISPLAY");
        command
    }
}

impl Drop for Wine {
    /// Its server would stay for a while and keep files of the cache open.
    fn drop(&mut self) {
        let _ = self.command("wineserver").arg("--kill").status();
    }
}

fn build_shim(cache: &Cache, place: &Path) -> Result<(), String> {
    let source = cache.write("tools/bcryptprimitives.c", SHIM)?;
    let mut compiler = run::command("x86_64-w64-mingw32-gcc");
    compiler.args(["-shared", "-O2", "-o"]).arg(place).arg(source).arg("-ladvapi32");
    run::finish(&mut compiler)
}
