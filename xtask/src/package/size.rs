//! How heavy the app is: people pay for each megabyte, and the cheapest phones have few to give.

use std::fs;
use std::path::Path;

use super::bundle::Bundle;

/// The most that the program may weigh: 15 MB, in millions of bytes.
const MOST_BYTES: u64 = 15_000_000;

/// Prints the sizes; an error if the program is too heavy.
///
/// # Errors
/// A sentence with the size and the bound.
pub fn check(bundle: &Bundle) -> Result<String, String> {
    for package in &bundle.packages {
        println!("  {:<44} {}", name(package), megabytes(bytes(package)?));
    }
    let program = bytes(&bundle.program)?;
    println!("  {:<44} {}", name(&bundle.program), megabytes(program));
    if program > MOST_BYTES {
        return Err(format!("The program is {}, more than {}.", megabytes(program), megabytes(MOST_BYTES)));
    }
    Ok(format!("{} of at most {}", megabytes(program), megabytes(MOST_BYTES)))
}

/// The size of a file.
pub fn bytes(path: &Path) -> Result<u64, String> {
    fs::metadata(path).map(|it| it.len()).map_err(|error| format!("{}: {error}.", path.display()))
}

/// Bytes in words.
pub fn megabytes(bytes: u64) -> String {
    format!("{}.{:02} MB", bytes / 1_000_000, bytes % 1_000_000 / 10_000)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::megabytes;

    #[test]
    fn megabytes_are_millions() {
        assert_eq!(megabytes(14_059_999), "14.05 MB");
        assert_eq!(megabytes(3_400_000), "3.40 MB");
    }
}
